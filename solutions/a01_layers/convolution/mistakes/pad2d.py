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

change(
    "slice_to_minus_zero",
    """
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    """,
    """
    (top, bottom), (left, right) = padding
    batch, height, width, channels = x.shape
    padded = np.zeros((batch, top + height + bottom, left + width + right, channels), x.dtype)
    padded[:, top:-bottom, left:-right] = x
    return padded
    """,
    say=(
        "You write into padded[top:-bottom, left:-right]. Where one of these is 0 the slice "
        "ends at -0, which is 0, and is empty: write top : top + height."
    ),
    fails=("pad2d", "conv2d_forward"),
)


change(
    "channels_padded",
    "((0, 0), rows, columns, (0, 0))",
    "((0, 0), (0, 0), rows, columns)",
    say=(
        "Your padding works on axes 2 and 3, width and channels. Images stand as (batch, "
        "height, width, channels): pad axes 1 and 2."
    ),
    fails=("pad2d", "conv2d_forward"),
)


change(
    "first_pair_for_both",
    "rows, columns = padding",
    "rows = columns = padding[0]",
    say=("You use the pair of the height for the width as well. The second pair is (left, right)."),
)


change(
    "ones",
    "return np.pad(x, ((0, 0), rows, columns, (0, 0)))",
    "return np.pad(x, ((0, 0), rows, columns, (0, 0)), constant_values=1)",
    say="Your frame is made of ones. It is made of zeros.",
    fails=("pad2d", "conv2d_forward"),
)


change(
    "one_number",
    "rows, columns = padding",
    "rows = columns = (padding[0][0], padding[1][0])",
    say=(
        "You read the padding as (height, width), the same on both sides. It is ((top, "
        "bottom), (left, right))."
    ),
)
