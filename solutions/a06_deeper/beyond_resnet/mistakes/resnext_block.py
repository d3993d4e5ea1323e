"""Mistakes in `resnext_block`."""

from autograder.checks import change

change(
    "without_groups",
    'y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")',
    'y = conv(y, middle, 3, strides, name=f"{name}_2")',
    say=(
        "Your 3 × 3 convolution has no groups: every filter sees all C · d channels. That is why "
        "public programs have built 89.7 million parameters instead of 34.4."
    ),
    fails=("resnext_block", "resnext"),
)

change(
    "middle_of_one_path",
    "middle = cardinality * group_width",
    "middle = group_width",
    'y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")',
    'y = conv(y, middle, 3, strides, name=f"{name}_2")',
    say="Your middle has the width of one path. All C paths together have C · d filters.",
    fails=("resnext_block", "resnext"),
)

change(
    "middle_of_the_bottleneck",
    "middle = cardinality * group_width",
    "middle = cardinality * max(1, filters // cardinality)",
    say=(
        "Your middle is that of the bottleneck, split into groups. It has C · d filters, which for "
        "32×4d is twice as many."
    ),
    fails=("resnext_block", "resnext"),
)

change(
    "width_for_groups",
    'y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")',
    'y = conv(y, middle, 3, strides, groups=group_width, name=f"{name}_2")',
    say=(
        "Your convolution has d groups of C channels. It has C groups of d: the cardinality is the "
        "number of paths."
    ),
    fails=("resnext_block", "resnext"),
)

change(
    "groups_in_all_three",
    'y = conv(y, 4 * filters, 1, name=f"{name}_3")',
    'y = conv(y, 4 * filters, 1, groups=cardinality, name=f"{name}_3")',
    inside="resnext_block",
    say=(
        "Your last 1 × 1 convolution has groups, too, so that no path sees another. It mixes all of "
        "them: only the 3 × 3 has groups."
    ),
    fails=("resnext_block", "resnext"),
)

change(
    "depthwise",
    'y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")',
    'y = conv(y, middle, 3, strides, groups=middle, name=f"{name}_2")',
    say="Your groups have one channel each: that is a depthwise convolution. There are C groups.",
    fails=("resnext_block", "resnext"),
)

change(
    "stride_in_the_first",
    'y = conv(x, middle, 1, name=f"{name}_1")',
    'y = conv(x, middle, 1, strides, name=f"{name}_1")',
    'y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")',
    'y = conv(y, middle, 3, groups=cardinality, name=f"{name}_2")',
    inside="resnext_block",
    say="Your stride is in the first 1 × 1 convolution. Here the 3 × 3 has it.",
    fails=("resnext_block", "resnext"),
)

change(
    "gates_always",
    """
    if ratio is not None:
        y = squeeze_excite(y, ratio, name=f"{name}_se")
    """,
    """
    y = squeeze_excite(y, ratio or 16, name=f"{name}_se")
    """,
    say="Your block always has gates. With `ratio=None` there are none.",
    fails=("resnext_block", "resnext"),
)

change(
    "gates_forgotten",
    """
    if ratio is not None:
        y = squeeze_excite(y, ratio, name=f"{name}_se")
    """,
    "",
    say="Your block has no gates. With a `ratio` your `squeeze_excite` weights the branch.",
    fails=("resnext_block", "resnext"),
)

change(
    "gates_on_the_sum",
    """
    if ratio is not None:
        y = squeeze_excite(y, ratio, name=f"{name}_se")
    return join(x, y, strides, name)
    """,
    """
    y = join(x, y, strides, name)
    return y if ratio is None else squeeze_excite(y, ratio, name=f"{name}_se")
    """,
    say="Your gates weight the sum. They stand on the branch, before the addition.",
    fails=("resnext_block", "resnext"),
)
