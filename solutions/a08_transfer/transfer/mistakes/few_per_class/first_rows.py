"""You take the first rows of each class and do not look at the random numbers. Take those with the
smallest numbers."""

FAILS = ("few_per_class",)


def few_per_class(labels, count, uniform):
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        if len(rows) < count:
            raise ValueError("too few")
        chosen.append(rows[:count])
    return np.sort(np.concatenate(chosen))
