"""You take the examples with the smallest numbers, whatever their class. Each class must have
`count` of them."""

FAILS = ("few_per_class",)


def few_per_class(labels, count, uniform):
    classes, sizes = np.unique(labels, return_counts=True)
    if sizes.min() < count:
        raise ValueError("too few")
    return np.sort(np.argsort(uniform)[: count * len(classes)])
