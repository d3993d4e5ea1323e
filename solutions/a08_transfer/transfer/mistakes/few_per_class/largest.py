"""You take the rows with the largest random numbers. The smallest are asked for."""

FAILS = ("few_per_class",)


def few_per_class(labels, count, uniform):
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        if len(rows) < count:
            raise ValueError("too few")
        chosen.append(rows[np.argsort(-uniform[rows])[:count]])
    return np.sort(np.concatenate(chosen))
