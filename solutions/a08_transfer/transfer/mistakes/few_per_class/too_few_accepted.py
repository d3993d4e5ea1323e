"""If a class has too few examples you return fewer, and nobody notices. Raise a ValueError."""

FAILS = ("few_per_class",)
HINT = None


def few_per_class(labels, count, uniform):
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        chosen.append(rows[np.argsort(uniform[rows])[:count]])
    return np.sort(np.concatenate(chosen))
