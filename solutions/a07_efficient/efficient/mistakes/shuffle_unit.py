"""Mistakes in `shuffle_unit`."""

from autograder.checks import change

change(
    "unit_without_shuffle",
    """
    y = channel_shuffle(y, groups)
    """,
    """
    pass
    """,
    say=(
        "There is no shuffle in your unit. Between the first convolution in groups and the depthwise one "
        "the channels change their places."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_shuffle_after_the_depthwise",
    """
    y = channel_shuffle(y, groups)
    """,
    """
    pass
    """,
    """
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    """,
    """
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    y = channel_shuffle(y, groups)
    """,
    inside="shuffle_unit",
    say=(
        "You shuffle after the depthwise convolution. The shuffle comes right after the first 1 × 1 "
        "convolution with its BN and ReLU."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_relu_after_the_depthwise",
    'y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)',
    'y = layers.ReLU()(layers.BatchNormalization(name=f"{name}_depthwise_bn")(y))',
    inside="shuffle_unit",
    say="There is a ReLU after your depthwise convolution. Here it has BN only.",
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_branch_makes_all",
    "made = filters if strides == 1 else filters - channels",
    "made = filters",
    say=(
        "With stride 2 your branch makes `filters` channels, and the concatenation has more. It makes "
        "only what the pooled input lacks."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_quarter_of_the_branch",
    "filters // 4, 1, groups=1 if first else groups, use_bias=False",
    "(filters if strides == 1 else filters - channels) // 4 // groups * groups, 1, "
    "groups=1 if first else groups, use_bias=False",
    inside="shuffle_unit",
    say=(
        "With stride 2 your inner tensors have a quarter of what the branch makes. It is a quarter of "
        "`filters`, with either stride."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_max_pooling",
    'x = layers.AveragePooling2D(3, strides, padding="same", name=f"{name}_pool")(x)',
    'x = layers.MaxPooling2D(3, strides, padding="same", name=f"{name}_pool")(x)',
    say="You pool by the maximum. The shortcut of a unit with stride 2 takes the average.",
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_small_pooling",
    'x = layers.AveragePooling2D(3, strides, padding="same", name=f"{name}_pool")(x)',
    'x = layers.AveragePooling2D(2, strides, padding="same", name=f"{name}_pool")(x)',
    say="Your average pooling has a window of 2 × 2. It is 3 × 3, with stride 2.",
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_branch_first",
    'y = layers.Concatenate(name=f"{name}_concat")([x, y])',
    'y = layers.Concatenate(name=f"{name}_concat")([y, x])',
    say=(
        "You concatenate the branch before the pooled input. The order matters to the groups of the next "
        "unit: the pooled input comes first."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_first_with_groups",
    "filters // 4, 1, groups=1 if first else groups, use_bias=False",
    "filters // 4, 1, groups=groups, use_bias=False",
    say=(
        "With `first=True` your first 1 × 1 convolution has groups. In the first unit of the network it "
        "has none."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_second_without_groups",
    'y = layers.Conv2D(made, 1, groups=groups, use_bias=False, name=f"{name}_expand")(y)',
    'y = layers.Conv2D(made, 1, use_bias=False, name=f"{name}_expand")(y)',
    say=(
        "The second 1 × 1 convolution of your unit has no groups. Both have them; `first` is about the "
        "first one alone."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_first_without_any",
    'y = layers.Conv2D(made, 1, groups=groups, use_bias=False, name=f"{name}_expand")(y)',
    """y = layers.Conv2D(
        made, 1, groups=1 if first else groups, use_bias=False, name=f"{name}_expand"
    )(y)""",
    say=(
        "With `first=True` neither of your 1 × 1 convolutions has groups. Only the first of them is "
        "without."
    ),
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_no_relu_at_the_end",
    'return layers.ReLU(name=f"{name}_relu")(y)',
    "return y",
    say="Your unit ends without an activation. One ReLU follows the sum or the concatenation.",
    fails=("shuffle_unit", "shufflenet"),
)

change(
    "unit_relu_on_the_branch",
    """
    if strides == 1:
        y = layers.Add(name=f"{name}_add")([x, y])
    """,
    """
    y = layers.ReLU(name=f"{name}_expand_relu")(y)
    if strides == 1:
        y = layers.Add(name=f"{name}_add")([x, y])
    """,
    inside="shuffle_unit",
    say="There is a ReLU at the end of your branch. What is added may be negative: ReLU after the sum.",
    fails=("shuffle_unit", "shufflenet"),
)
