"""Mistakes in `xception_block`."""

from autograder.checks import change

change(
    "xception_bias",
    'filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"',
    'filters, 3, padding="same", name=f"{name}_sepconv{number}"',
    say=(
        "Your pairs have biases. A normalization follows each of them, so they are left out: "
        "`use_bias=False`."
    ),
)

change(
    "xception_full_convolutions",
    "y = keras.layers.SeparableConv2D(",
    "y = keras.layers.Conv2D(",
    say=(
        "You use ordinary convolutions, with nine times the multiply-adds. Use pairs: depthwise 3 "
        "× 3, then 1 × 1."
    ),
)

change(
    "xception_pointwise_first",
    """
    y = keras.layers.SeparableConv2D(
        filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"
    )(y)
    """,
    """
    y = keras.layers.Conv2D(filters, 1, use_bias=False)(y)
    y = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False)(y)
    """,
    say=(
        "Your 1 × 1 convolution comes first. In the network, as in Keras' `SeparableConv2D`, the "
        "depthwise one does."
    ),
)

change(
    "xception_relu_after",
    """
    for number in range(1, 3 if shrink else 4):
        y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
    """,
    """
    for number in range(1, 3 if shrink else 4):
    """,
    """
    y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    """,
    """
    y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
    """,
    say=(
        "Your ReLU comes after the pair of convolutions. In Xception's blocks it comes before each "
        "pair."
    ),
)

change(
    "xception_relu_at_the_end",
    'return keras.layers.Add(name=f"{name}_add")([x, y])',
    'return keras.layers.ReLU()(keras.layers.Add(name=f"{name}_add")([x, y]))',
    say=(
        "You have a ReLU after the sum. Xception's block ends with the sum; the next block begins "
        "with a ReLU."
    ),
)

change(
    "xception_relu_inside",
    """
    y = keras.layers.SeparableConv2D(
        filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"
    )(y)
    """,
    """
    y = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False)(y)
    y = keras.layers.ReLU()(y)
    y = keras.layers.Conv2D(filters, 1, use_bias=False)(y)
    """,
    say=(
        "You have a ReLU between the depthwise and the 1 × 1 convolution. Nothing stands between "
        "the two."
    ),
)

change(
    "xception_shortcut_not_normalized",
    """
    x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
    x = keras.layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    """,
    """
    x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
    """,
    say="Your shortcut has no normalization. It follows the 1 × 1 convolution with stride 2.",
)

change(
    "xception_shortcut_pooled",
    """
    x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
    """,
    """
    x = keras.layers.Conv2D(filters, 1, use_bias=False)(
        keras.layers.MaxPooling2D(2, padding="same")(x)
    )
    """,
    say=(
        "You shrink the shortcut by pooling. It goes through 1 × 1 filters with stride 2 and a "
        "normalization."
    ),
)

change(
    "xception_strided_pair",
    'filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"',
    'filters, 3, strides=2 if shrink and number == 2 else 1, padding="same", use_bias=False',
    """
    if shrink:
        y = keras.layers.MaxPooling2D(3, strides=2, padding="same", name=f"{name}_pool")(y)
    """,
    """
    if shrink:
    """,
    say=(
        "You shrink with a stride in the second pair. The pairs keep the size; a max pooling of 3 "
        "× 3 with stride 2 follows them."
    ),
)

change(
    "xception_two_pairs",
    "for number in range(1, 3 if shrink else 4):",
    "for number in range(1, 3):",
    say="Your block has two pairs in both cases. The one that does not shrink has three.",
)

change(
    "xception_without_norm",
    """
    y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    """,
    """
    pass
    """,
    say="Your pairs are not normalized. Batch normalization follows every pair.",
)


change(
    "xception_shrinks_with_average",
    "keras.layers.MaxPooling2D(3, strides=2",
    "keras.layers.AveragePooling2D(3, strides=2",
    say="You shrink with an average. The block that shrinks ends with a max pooling.",
)


change(
    "xception_small_pool",
    "keras.layers.MaxPooling2D(3, strides=2",
    "keras.layers.MaxPooling2D(2, strides=2",
    say="Your pooling windows are 2 × 2. They are 3 × 3 with stride 2.",
)


change(
    "xception_shortcut_with_bias",
    "keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name",
    "keras.layers.Conv2D(filters, 1, strides=2, name",
    say=(
        "Your shortcut's convolution has biases. A normalization follows it, so they are left out."
    ),
)


change(
    "xception_without_shortcut",
    'return keras.layers.Add(name=f"{name}_add")([x, y])',
    "return y",
    say="Your block has no shortcut. It ends with the sum of the pairs' output and the input.",
)
