"""Mistakes in `budget_network`: each is over another of the three numbers."""

from autograder.checks import change

# `hint=None`: the check itself says which number is exceeded, by how much, and in which layer.

change(
    "first_convolution_without_stride",
    'layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False, name="conv")(image)',
    'layers.Conv2D(16, 3, strides=1, padding="same", use_bias=False, name="conv")(image)',
    say="Your first convolution keeps all 32 × 32 pixels, and 16 maps of them are twice what the largest "
    "activation may have. Four times as many pixels are four times as many multiply-adds, too.",
    hint=None,
)

change(
    "as_wide_as_on_the_slide",
    "[(32, 1), (48, 2), (48, 1), (64, 2), (64, 1)]",
    "[(32, 1), (64, 2), (64, 1), (128, 2), (128, 1)]",
    say="Twice as many filters are four times as many weights in the 1 × 1 convolutions: the parameters "
    "and the multiply-adds are over the budget.",
    hint=None,
)

change(
    "expanded_by_six",
    """
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(filters, 1, use_bias=False, name=f"block{number}")(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    """,
    """
        x = inverted_residual(x, filters // 2, strides, name=f"block{number}")
    """,
    say="An expansion by 6 makes 96 maps of 16, at 16 × 16 pixels: three times the largest activation "
    "that is allowed. Give `inverted_residual` a smaller `expansion`.",
    hint=None,
)

change(
    "standard_convolutions",
    """
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(filters, 1, use_bias=False, name=f"block{number}")(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    """,
    """
        x = layers.Conv2D(filters, 3, strides, padding="same", activation="relu")(x)
    """,
    say="These are standard convolutions: each costs about eight times what a depthwise and a 1 × 1 "
    "convolution cost together.",
    hint=None,
)

change(
    "dense_layer_on_all_pixels",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    'x = layers.Dense(16, activation="relu")(layers.Flatten()(x))',
    say="Your fully connected layer reads all 4 × 4 × 64 numbers: 16 units of it are 16,400 parameters, "
    "nearly the whole budget.",
    hint=None,
)

change(
    "one_score",
    'layers.Dense(classes, activation="softmax", name="fc")',
    'layers.Dense(1, activation="sigmoid", name="fc")',
    say="Your network gives a single number. There are ten classes, and a probability for each is asked "
    "for.",
    hint=None,
)
