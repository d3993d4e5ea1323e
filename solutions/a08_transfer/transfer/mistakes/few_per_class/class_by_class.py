"""You return the rows class by class. Sort all of them: they are to be in increasing order."""

FAILS = ("few_per_class",)


def few_per_class(labels, count, uniform):
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        if len(rows) < count:
            raise ValueError("too few")
        chosen.append(rows[np.argsort(uniform[rows])[:count]])
    return np.concatenate(chosen)
