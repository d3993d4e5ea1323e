"""Mistakes in `wide_block`."""

from autograder.checks import change, instead

change(
    "wide_without_dropout",
    """
    if dropout > 0:
        y = layers.Dropout(dropout, name=f"{name}_dropout")(y)
    """,
    "",
    say="Your block has no dropout. It stands between the two convolutions, after the second ReLU.",
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_dropout_after_the_branch",
    """
    if dropout > 0:
        y = layers.Dropout(dropout, name=f"{name}_dropout")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    """,
    """
    y = conv(y, filters, 3, name=f"{name}_2")
    if dropout > 0:
        y = layers.Dropout(dropout, name=f"{name}_dropout")(y)
    """,
    say=(
        "Your dropout comes after the second convolution. It stands between the two: after the "
        "second ReLU, before the second convolution."
    ),
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_dropout_before_the_norm",
    """
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    """,
    """
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    if dropout > 0:
        y = layers.Dropout(dropout)(y)
    """,
    """
    if dropout > 0:
        y = layers.Dropout(dropout, name=f"{name}_dropout")(y)
    """,
    "",
    say=(
        "Your dropout comes right after the first convolution, so that the batch normalization "
        "measures values that are missing. Here it comes after the second BN and ReLU."
    ),
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_dropout_twice",
    """
    h = layers.ReLU(name=f"{name}_1_relu")(h)
    """,
    """
    h = layers.ReLU(name=f"{name}_1_relu")(h)
    if dropout > 0:
        h = layers.Dropout(dropout)(h)
    """,
    say="You drop values twice in a block. There is one dropout, before the second convolution.",
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_share_that_stays",
    'y = layers.Dropout(dropout, name=f"{name}_dropout")(y)',
    'y = layers.Dropout(1 - dropout, name=f"{name}_dropout")(y)',
    say=(
        "Your layer drops the share that should stay. `dropout` is what is dropped, and Keras' "
        "`Dropout` takes just that."
    ),
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_share_of_the_paper",
    'y = layers.Dropout(dropout, name=f"{name}_dropout")(y)',
    'y = layers.Dropout(0.3, name=f"{name}_dropout")(y)',
    say="Your block always drops 0.3, as in the paper. Use the argument `dropout`.",
    fails=("wide_block", "wide_resnet"),
)


@instead(
    "wide_norm_after_the_convolution",
    say=(
        "Your block normalizes after its convolutions, as the first ResNet did. Here the order is "
        "BN, ReLU, convolution, both times, and nothing after the addition."
    ),
    fails=("wide_block", "wide_resnet"),
)
def wide_block(x, filters, strides=1, dropout=0.0, name="block"):
    y = conv(x, filters, 3, strides)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    if dropout > 0:
        y = layers.Dropout(dropout)(y)
    y = layers.BatchNormalization()(conv(y, filters, 3))
    if x.shape != y.shape:
        x = layers.BatchNormalization()(conv(x, filters, 1, strides))
    return layers.ReLU()(layers.Add()([y, x]))


change(
    "wide_projects_the_raw_input",
    'x = conv(h, filters, 1, strides, name=f"{name}_shortcut")',
    'x = conv(x, filters, 1, strides, name=f"{name}_shortcut")',
    inside="wide_block",
    say="Your projection takes x as it came. It is a convolution of h, after the first BN and ReLU.",
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_normalized_projection",
    'x = conv(h, filters, 1, strides, name=f"{name}_shortcut")',
    "x = layers.BatchNormalization()(conv(h, filters, 1, strides))",
    inside="wide_block",
    say="You normalize after the projection. In this block no BN follows it.",
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_shortcut_from_h",
    """
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
    """,
    """
    if h.shape != y.shape:
        h = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, h])
    """,
    inside="wide_block",
    say="Your identity shortcut carries h. Where the shapes agree, x itself goes on, untouched.",
    fails=("wide_block", "wide_resnet"),
)

change(
    "wide_projection_for_channels_only",
    "if x.shape != y.shape:",
    "if x.shape[-1] != filters:",
    inside="wide_block",
    say=(
        "You project only where the channels differ. With a stride and as many channels the "
        "shapes differ, too."
    ),
    hint=None,
)

change(
    "wide_relu_after_the_sum",
    'return layers.Add(name=f"{name}_add")([y, x])',
    'return layers.ReLU()(layers.Add(name=f"{name}_add")([y, x]))',
    inside="wide_block",
    say="You have a ReLU after the addition. In a pre-activation block nothing follows the sum.",
    fails=("wide_block", "wide_resnet"),
)
