"""Mistakes in `dense_block`."""

from autograder.checks import change, instead

change(
    "dense_adds",
    'return layers.Concatenate(name=f"{name}_concat")([x, y])',
    "return layers.Add()([conv(x, growth, 1), y])",
    say=(
        "You add the new maps to what came in. That is a residual block; a dense layer concatenates, "
        "so that later layers read every map as it was made."
    ),
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_new_maps_first",
    'return layers.Concatenate(name=f"{name}_concat")([x, y])',
    'return layers.Concatenate(name=f"{name}_concat")([y, x])',
    say=(
        "You put the new maps in front. The input comes first and the k new maps after it, so that "
        "the maps of a block stand in the order in which they were made."
    ),
    inside="dense_layer",
    fails=("dense_block",),
)

change(
    "dense_only_the_new_maps",
    'return layers.Concatenate(name=f"{name}_concat")([x, y])',
    "return y",
    say="Your layer returns only its new maps. It returns what it was given as well.",
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_without_bottleneck",
    """
    if bottleneck:
    """,
    """
    if False:
    """,
    say=(
        "Your layers have no bottleneck, whatever `bottleneck` says. With it, BN, ReLU and a 1 × 1 "
        "convolution to 4k maps come first."
    ),
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_narrow_bottleneck",
    'y = conv(y, 4 * growth, 1, name=f"{name}_0")',
    'y = conv(y, growth, 1, name=f"{name}_0")',
    say="Your 1 × 1 convolution makes k maps. It makes four times as many, and the 3 × 3 then k.",
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_bottleneck_not_normalized",
    """
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    """
    if not bottleneck:
        y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
        y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    say=(
        "Between your 1 × 1 and your 3 × 3 convolution there is neither BN nor ReLU. Each of the two "
        "has its own pair before it."
    ),
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)


@instead(
    "dense_norm_after_convolution",
    say=(
        "You normalize after each convolution. In a dense layer the order is BN, ReLU, convolution, "
        "as in pre-activation."
    ),
    fails=("dense_block", "densenet"),
)
def dense_layer(x, growth, bottleneck=False, name="layer"):
    y = x
    if bottleneck:
        y = conv(y, 4 * growth, 1, name=f"{name}_0")
        y = layers.BatchNormalization(name=f"{name}_0_bn")(y)
        y = layers.ReLU(name=f"{name}_0_relu")(y)
    y = conv(y, growth, 3, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    return layers.Concatenate(name=f"{name}_concat")([x, y])


change(
    "dense_relu_before_norm",
    """
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    """,
    """
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    """,
    say="Your ReLU comes before the batch normalization. The order is BN, ReLU, convolution.",
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_with_bias",
    'y = conv(y, growth, 3, name=f"{name}_1")',
    'y = layers.Conv2D(growth, 3, padding="same", name=f"{name}_1")(y)',
    say="Your 3 × 3 convolutions have biases. No convolution of this network has any.",
    inside="dense_layer",
    fails=("dense_block", "densenet"),
)

change(
    "dense_one_layer_short",
    "for number in range(layers_count):",
    "for number in range(1, layers_count):",
    say="Your block has one layer less than `layers_count`.",
    inside="dense_block",
    fails=("dense_block", "densenet"),
)


@instead(
    "dense_reads_the_last_alone",
    say=(
        "Each of your layers reads only the maps of the one before, and all are concatenated at the "
        "end. Every layer reads all maps before it."
    ),
    fails=("dense_block", "densenet"),
)
def dense_block(x, layers_count, growth, bottleneck=False, name="dense"):
    found, last = [x], x
    for number in range(layers_count):
        before = last.shape[-1]
        last = dense_layer(last, growth, bottleneck, name=f"{name}_{number + 1}")[..., before:]
        found.append(last)
    return layers.Concatenate()(found)
