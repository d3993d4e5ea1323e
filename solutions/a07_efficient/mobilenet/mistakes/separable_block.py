"""Mistakes in `separable_block`."""

from autograder.checks import change, instead


@instead(
    "block_separable_layer",
    say=(
        "You use Keras' `SeparableConv2D`: there is no BN and no ReLU between its depthwise and its "
        "pointwise part. MobileNet has both there."
    ),
    fails=("separable_block", "mobilenet"),
)
def separable_block(x, filters, strides=1, name="block"):
    x = layers.SeparableConv2D(
        filters, 3, strides, padding="same", use_bias=False, name=f"{name}_pair"
    )(x)
    x = layers.BatchNormalization(name=f"{name}_bn")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


change(
    "block_no_activation_after_depthwise",
    """
    x = layers.ReLU(name=f"{name}_dw_relu")(x)
    """,
    "",
    say="There is no ReLU between your two convolutions. Each has BN and ReLU after it.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_no_norm_after_depthwise",
    """
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    """,
    "",
    say="Your depthwise convolution has no batch normalization after it. Each has BN and ReLU.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_relu6",
    'x = layers.ReLU(name=f"{name}_dw_relu")(x)',
    'x = layers.ReLU(6, name=f"{name}_dw_relu")(x)',
    'return layers.ReLU(name=f"{name}_pw_relu")(x)',
    'return layers.ReLU(6, name=f"{name}_pw_relu")(x)',
    say="You have ReLU6, as Keras' MobileNet. Asked is the plain ReLU of the paper.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_with_bias",
    'layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")',
    'layers.DepthwiseConv2D(3, strides, padding="same", name=f"{name}_dw")',
    'layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_pw")',
    'layers.Conv2D(filters, 1, name=f"{name}_pw")',
    say="Your convolutions have biases. BN subtracts them again: set `use_bias=False`.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_norm_after_relu",
    """
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    x = layers.ReLU(name=f"{name}_dw_relu")(x)
    """,
    """
    x = layers.ReLU(name=f"{name}_dw_relu")(x)
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    """,
    """
    x = layers.BatchNormalization(name=f"{name}_pw_bn")(x)
    return layers.ReLU(name=f"{name}_pw_relu")(x)
    """,
    """
    x = layers.ReLU(name=f"{name}_pw_relu")(x)
    return layers.BatchNormalization(name=f"{name}_pw_bn")(x)
    """,
    say="Your ReLU comes before the batch normalization. The order is convolution, BN, ReLU.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_depthwise_of_one_pixel",
    "layers.DepthwiseConv2D(3, strides",
    "layers.DepthwiseConv2D(1, strides",
    say="Your depthwise convolution is 1 × 1 and sees no neighbours. It is 3 × 3.",
    fails=("separable_block", "mobilenet"),
)

change(
    "block_standard_convolution",
    'layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")',
    'layers.Conv2D(x.shape[-1], 3, strides, padding="same", use_bias=False, name=f"{name}_dw")',
    say=(
        "Your 3 × 3 convolution sums over all maps: it is a standard one. A depthwise convolution has "
        "one filter for each map."
    ),
    fails=("separable_block", "mobilenet"),
)

change(
    "block_stride_in_pointwise",
    'layers.DepthwiseConv2D(3, strides, padding="same"',
    'layers.DepthwiseConv2D(3, padding="same"',
    "layers.Conv2D(filters, 1, use_bias=False",
    "layers.Conv2D(filters, 1, strides, use_bias=False",
    say=(
        "Your stride is in the 1 × 1 convolution, which then skips three of four pixels that have "
        "been computed for it. It belongs to the depthwise convolution."
    ),
    fails=("separable_block", "mobilenet"),
)

change(
    "block_padded_on_every_side",
    'x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")(x)',
    """
    x = layers.ZeroPadding2D(1, name=f"{name}_pad")(x)
    x = layers.DepthwiseConv2D(3, strides, use_bias=False, name=f"{name}_dw")(x)
    """,
    say=(
        "You pad one row and column on every side, as in the ResNet notebook. With stride 2 and an "
        "even side, `same` pads at the end alone, so every second pixel is another one."
    ),
    fails=("separable_block", "mobilenet"),
)


@instead(
    "block_pointwise_first",
    say=(
        "Your 1 × 1 convolution comes first. The depthwise convolution does, on the maps that go in."
    ),
    fails=("separable_block", "mobilenet"),
)
def separable_block(x, filters, strides=1, name="block"):
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_pw")(x)
    x = layers.BatchNormalization(name=f"{name}_pw_bn")(x)
    x = layers.ReLU(name=f"{name}_pw_relu")(x)
    x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")(x)
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    return layers.ReLU(name=f"{name}_dw_relu")(x)
