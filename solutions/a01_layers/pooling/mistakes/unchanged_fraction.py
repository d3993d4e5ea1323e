"""Mistakes in `unchanged_fraction`."""

from autograder.checks import change, instead


@instead(
    "formula_for_side_by_side",
    say=(
        "Your formula 1 - shift / kernel holds only for windows that lie side by side. With "
        "overlaps or gaps you must measure, or compare in which windows the pixel lies before and "
        "after."
    ),
)
def unchanged_fraction(width, kernel, stride, shift):
    return max(1 - shift / kernel, 0)


@instead(
    "pixels_that_stay_only",
    say=(
        "You leave out the starting columns from which the pixel is moved out of the row. Divide "
        "by all `width` columns."
    ),
)
def unchanged_fraction(width, kernel, stride, shift):
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.eye(width, k=shift))
    )
    return np.mean((before == after).all(axis=(1, 2, 3))[: width - shift])


@instead(
    "share_of_values",
    say=(
        "You count single values that stay equal. The question is for how many starting columns "
        "the whole row of maxima stays equal: use `all` over the row first."
    ),
)
def unchanged_fraction(width, kernel, stride, shift):
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.eye(width, k=shift))
    )
    return np.mean(before == after)


change(
    "wraps_around",
    """
    rows, moved = np.eye(width), np.eye(width, k=shift)
    before, after = (
        max_pool_forward(each[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for each in (rows, moved)
    """,
    """
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.roll(np.eye(width), shift, axis=1))
    """,
    say=(
        "Either a pixel that leaves the row comes back on the left in your answer, as with "
        "`np.roll`, or your pixels move to the left: both give this share. They move to the right "
        "and are gone at the end: `np.eye(width, k=shift)`."
    ),
)

change(
    "changed",
    "return np.mean((before == after).all(axis=(1, 2, 3)))",
    "return 1 - np.mean((before == after).all(axis=(1, 2, 3)))",
    say="You give the share that changes. The share that stays equal is asked for.",
)


change(
    "count",
    "return np.mean((before == after).all(axis=(1, 2, 3)))",
    "return np.sum((before == after).all(axis=(1, 2, 3)))",
    say=(
        "You return how many columns there are. The share of all `width` columns is asked "
        "for: divide."
    ),
)


change(
    "stride_is_kernel",
    "(1, kernel), stride)",
    "(1, kernel), kernel)",
    say="You let the window move by its own width. Its step is `stride`.",
)


change(
    "rounded_up",
    "(1, kernel), stride)",
    "(1, kernel), stride, True)",
    say="You round the number of windows up. Here it is rounded down.",
)
