"""Mistakes in `inverted_residual`."""

from autograder.checks import change

change(
    "v2_relu_after_the_projection",
    """
    y = layers.BatchNormalization(name=f"{name}_project_bn")(y)
    """,
    """
    y = layers.BatchNormalization(name=f"{name}_project_bn")(y)
    y = layers.ReLU(6, name=f"{name}_project_relu")(y)
    """,
    say=(
        "There is an activation after your projection. The bottleneck is linear: after the last 1 × 1 "
        "convolution comes BN and nothing else."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_relu_after_the_addition",
    """
    if strides == 1 and filters == channels:
        y = layers.Add(name=f"{name}_add")([x, y])
    """,
    """
    if strides == 1 and filters == channels:
        y = layers.ReLU(6)(layers.Add(name=f"{name}_add")([x, y]))
    """,
    say=(
        "Your block ends with an activation after the addition, as a block of ResNet does. Here the sum "
        "goes on as it is."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_plain_relu",
    'y = layers.ReLU(6, name=f"{name}_expand_relu")(y)',
    'y = layers.ReLU(name=f"{name}_expand_relu")(y)',
    'y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)',
    'y = layers.ReLU(name=f"{name}_depthwise_relu")(y)',
    say="Your activations are ReLUs. This network has ReLU6, which also stops at 6.",
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_always_expands",
    "if expansion != 1:",
    "if True:",
    say=(
        "Your block has its first convolution even where the expansion is 1. With nothing to expand it "
        "begins with the depthwise convolution."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_expands_the_filters",
    "y = layers.Conv2D(expansion * channels, 1,",
    "y = layers.Conv2D(expansion * filters, 1,",
    say=(
        "You expand to a multiple of `filters`. The inner tensors have `expansion` times as many "
        "channels as come in."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_adds_whenever_the_stride_is_1",
    """
    if strides == 1 and filters == channels:
        y = layers.Add(name=f"{name}_add")([x, y])
    """,
    """
    if strides == 1:
        if filters != channels:
            x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_shortcut")(x)
            x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
        y = layers.Add(name=f"{name}_add")([x, y])
    """,
    say=(
        "You project the input where the channels differ, as ResNet does. Here such a block has no "
        "shortcut at all."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_never_adds",
    "if strides == 1 and filters == channels:",
    "if False:",
    say="Nothing is added in your block. With stride 1 and as many channels as before, x is.",
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_separable",
    """
    y = layers.DepthwiseConv2D(
        3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)
    y = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project")(y)
    """,
    """
    y = layers.SeparableConv2D(filters, 3, strides, padding="same", use_bias=False)(y)
    """,
    say=(
        "`SeparableConv2D` has nothing between its two parts. Here BN and ReLU6 stand between the "
        "depthwise convolution and the projection: use two layers."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_depthwise_of_one_pixel",
    '3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"',
    '1, strides, padding="same", use_bias=False, name=f"{name}_depthwise"',
    say="Your depthwise convolution has a kernel of 1 × 1. It is the one that looks around: 3 × 3.",
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_stride_in_the_expansion",
    'y = layers.Conv2D(expansion * channels, 1, use_bias=False, name=f"{name}_expand")(y)',
    'y = layers.Conv2D(expansion * channels, 1, strides, use_bias=False, name=f"{name}_expand")(y)',
    '3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"',
    '3, 1 if expansion != 1 else strides, padding="same", use_bias=False, name=f"{name}_depthwise"',
    say=(
        "Your stride is in the first 1 × 1 convolution, which then never sees most of the pixels. It "
        "belongs to the depthwise one."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_biases",
    'y = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project")(y)',
    'y = layers.Conv2D(filters, 1, name=f"{name}_project")(y)',
    say="Your projection has biases, which the BN right after it subtracts again. It has none.",
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_full_convolution",
    """
    y = layers.DepthwiseConv2D(
        3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    """,
    """
    y = layers.Conv2D(y.shape[-1], 3, strides, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    """,
    inside="inverted_residual",
    say=(
        "Your 3 × 3 convolution mixes all its channels. Here it is depthwise, a filter for each "
        "channel: `DepthwiseConv2D`, or as many groups as channels."
    ),
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_norm_after_the_activation",
    """
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)
    """,
    """
    y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    """,
    say="Your BN comes after the activation. The order is convolution, BN, ReLU6.",
    fails=("inverted_residual", "mobilenet_v2"),
)

change(
    "v2_no_activation_after_the_depthwise",
    """
    y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)
    """,
    """
    pass
    """,
    say="There is no activation after your depthwise convolution. BN and ReLU6 follow it.",
    fails=("inverted_residual", "mobilenet_v2"),
)
