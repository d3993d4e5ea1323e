"""Mistakes in `pad2d`."""

from autograder.checks import change

change(
    "batch_padded",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, bottom), (left, right) = padding
    return np.pad(x, ((top, bottom), (left, right), (0, 0), (0, 0)))
    """,
    say=(
        "Your padding works on axes 0 and 1, batch and height. Images stand as (batch, height, "
        "width, channels): pad axes 1 and 2."
    ),
    fails=("pad2d", "conv2d_forward"),
)

change(
    "before_only",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, _), (left, _) = padding
    return np.pad(x, ((0, 0), (top, 0), (left, 0), (0, 0)))
    """,
    say=(
        "Your padding puts zeros at the top and on the left only. The bottom and the right get "
        "their share too: each axis has a pair (before, after)."
    ),
    fails=("pad2d", "conv2d_forward"),
)

change(
    "border_repeated",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), mode="edge")
    """,
    say=(
        'Your padding repeats the border pixels (mode="edge"). Zero padding puts zeros there, '
        "which is the default mode of np.pad."
    ),
    fails=("pad2d", "conv2d_forward"),
)

change(
    "height_and_width_swapped",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (left, right), (top, bottom), (0, 0)))
    """,
    say=(
        "You padded the width with the pair for the height and the other way round. The first "
        "pair, (top, bottom), belongs to axis 1, the second to axis 2."
    ),
)

change(
    "sides_swapped",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (bottom, top), (right, left), (0, 0)))
    """,
    say=(
        "You swapped before and after: the zeros meant for the top are at the bottom, those for "
        "the left on the right. Each pair is (before, after)."
    ),
)
