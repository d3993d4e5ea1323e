"""Mistakes in `few_per_class`."""

from autograder.checks import change, instead

change(
    "class_by_class",
    'raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")',
    'raise ValueError("too few")',
    "return np.sort(np.concatenate(chosen))",
    "return np.concatenate(chosen)",
    say="You return the rows class by class. Sort all of them: they are to be in increasing order.",
)

change(
    "first_rows",
    """
    if len(rows) < count:
        raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")
    chosen.append(rows[np.argsort(uniform[rows])[:count]])
    """,
    """
    if len(rows) < count:
        raise ValueError("too few")
    chosen.append(rows[:count])
    """,
    say=(
        "You take the first rows of each class and do not look at the random numbers. Take those "
        "with the smallest numbers."
    ),
)

change(
    "largest",
    """
    if len(rows) < count:
        raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")
    chosen.append(rows[np.argsort(uniform[rows])[:count]])
    """,
    """
    if len(rows) < count:
        raise ValueError("too few")
    chosen.append(rows[np.argsort(-uniform[rows])[:count]])
    """,
    say="You take the rows with the largest random numbers. The smallest are asked for.",
)

change(
    "places_in_the_class",
    """
    if len(rows) < count:
        raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")
    chosen.append(rows[np.argsort(uniform[rows])[:count]])
    """,
    """
    if len(rows) < count:
        raise ValueError("too few")
    chosen.append(np.argsort(uniform[rows])[:count])
    """,
    say=(
        "You return places within each class. `np.argsort(uniform[rows])` numbers the rows of one "
        "class; use it as an index into `rows`."
    ),
)

change(
    "too_few_accepted",
    """
    rows = np.flatnonzero(labels == label)
    if len(rows) < count:
        raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")
    """,
    """
    rows = np.flatnonzero(labels == label)
    """,
    say="If a class has too few examples you return fewer, and nobody notices. Raise a ValueError.",
    hint=None,
)


@instead(
    "without_classes",
    say=(
        "You take the examples with the smallest numbers, whatever their class. Each class must "
        "have `count` of them."
    ),
)
def few_per_class(labels, count, uniform):
    classes, sizes = np.unique(labels, return_counts=True)
    if sizes.min() < count:
        raise ValueError("too few")
    return np.sort(np.argsort(uniform)[: count * len(classes)])


change(
    "one_too_many",
    "[:count]])",
    "[: count + 1]])",
    say="You take one example too many of each class: [:count] holds `count` of them.",
)


change(
    "mask",
    "return np.sort(np.concatenate(chosen))",
    "return np.isin(np.arange(len(labels)), np.concatenate(chosen))",
    say="You return a mask. The row numbers are asked for, in increasing order.",
)


change(
    "labels_returned",
    "return np.sort(np.concatenate(chosen))",
    "return np.sort(labels[np.concatenate(chosen)])",
    say="You return the classes of the chosen rows. Their numbers are asked for.",
)


change(
    "classes_counted",
    "for label in np.unique(labels):",
    "for label in range(len(np.unique(labels))):",
    say=(
        "You count the classes from 0 on. Class numbers may have gaps: go through "
        "np.unique(labels)."
    ),
)
