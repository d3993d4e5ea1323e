"""Mistakes in `preactivation_resnet`."""

from autograder.checks import change, instead


@instead(
    "preactivation_norm_after_convolution",
    say=(
        "Your blocks still normalize after the convolution. Here the order is BN, ReLU, "
        "convolution, both times."
    ),
)
def preactivation_block(x, filters, strides=1, name="block"):
    y = conv(x, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    if x.shape != y.shape:
        x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])


change(
    "preactivation_norm_in_the_stem",
    """
    x = conv(image, width, 3, name="conv1")
    """,
    """
    x = conv(image, width, 3, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    say="Your stem has BN and ReLU after its convolution. The first block brings its own.",
)

change(
    "preactivation_normalized_projection",
    """
    x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    """,
    """
    x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    """,
    say=(
        "You normalize after the projection. In this design BN stands before convolutions, and h "
        "is normalized already."
    ),
)

change(
    "preactivation_projects_the_raw_input",
    'x = conv(h, filters, 1, strides, name=f"{name}_shortcut")',
    'x = conv(x, filters, 1, strides, name=f"{name}_shortcut")',
    say=(
        "Your projection takes x as it came. Where the shapes differ, the shortcut is a "
        "convolution of h, which has gone through the first BN and ReLU."
    ),
)

change(
    "preactivation_relu_after_the_sum",
    'return layers.Add(name=f"{name}_add")([y, x])',
    'return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([y, x]))',
    say=(
        "You kept the ReLU after the addition. In this block nothing follows the sum: that is why "
        "it can be the identity for inputs of any sign."
    ),
)


@instead(
    "preactivation_relu_before_norm",
    say="Your ReLU comes before the batch normalization. The order is BN, ReLU, convolution.",
)
def preactivation_block(x, filters, strides=1, name="block"):
    h = layers.ReLU(name=f"{name}_1_relu")(x)
    h = layers.BatchNormalization(name=f"{name}_1_bn")(h)
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])


change(
    "preactivation_shortcut_from_h",
    """
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
    """,
    """
    if x.shape != y.shape:
        h = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, h])
    """,
    say=(
        "Your identity shortcuts carry h. Where the shapes agree, x itself goes on, untouched by "
        "BN and ReLU, all the way through the network."
    ),
)

change(
    "preactivation_without_the_last_norm",
    """
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    """,
    """
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    """,
    say=(
        "The last BN and ReLU of the network are missing. The sum of the last block has not been "
        "normalized by anyone when it is averaged."
    ),
)
