"""Mistakes in `mobilenet`."""

from autograder.checks import change

change(
    "mobilenet_last_stride_as_printed",
    "(1024, 2), (1024, 1)]",
    "(1024, 2), (1024, 2)]",
    say=(
        "Your last depthwise convolution has stride 2, as printed. It gets 7 × 7 and must give 7 × 7: "
        "its stride is 1."
    ),
)

change(
    "mobilenet_four_times",
    "5 * [(512, 1)]",
    "4 * [(512, 1)]",
    say="You repeat the pair of rows 14 and 15 four times. It stands there five times.",
)

change(
    "mobilenet_six_times",
    "5 * [(512, 1)]",
    "6 * [(512, 1)]",
    say=(
        'You have six pairs of 512 filters at 14 × 14 after row 13. "5X" means five of them in all, '
        "not five more."
    ),
)

change(
    "mobilenet_first_convolution_wide",
    "int(32 * alpha), 3, strides=2",
    "32, 3, strides=2",
    say="Your first convolution keeps its 32 filters. The width multiplier holds for it, too.",
)

change(
    "mobilenet_thin_classes",
    "layers.Dense(classes, ",
    "layers.Dense(int(classes * alpha), ",
    say="Your width multiplier makes the number of classes smaller. It holds for convolutions only.",
)

change(
    "mobilenet_first_without_norm",
    """
    x = layers.BatchNormalization(name="conv_bn")(x)
    """,
    "",
    say="Your first convolution has no batch normalization. It has BN and ReLU like all the others.",
)

change(
    "mobilenet_first_stride",
    "int(32 * alpha), 3, strides=2,",
    "int(32 * alpha), 3, strides=1,",
    say="Your first convolution has stride 1. Row 1 says s2: 224 becomes 112.",
)

change(
    "mobilenet_flattened",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    'x = layers.Flatten(name="pool")(x)',
    say="You flatten the last maps. Row 20 takes the mean of each map over all its pixels.",
)

change(
    "mobilenet_max_pooled",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    'x = layers.GlobalMaxPooling2D(name="pool")(x)',
    say="You take the maximum of each map. Row 20 is an average pooling.",
)

change(
    "mobilenet_dropout",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    """
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dropout(0.001, name="dropout")(x)
    """,
    say="You have a dropout, as Keras' MobileNet. The table has none.",
)

change(
    "mobilenet_no_softmax",
    'layers.Dense(classes, activation="softmax", name="fc")',
    'layers.Dense(classes, name="fc")',
    say="Your network gives scores. The last row of the table is a softmax.",
)

change(
    "mobilenet_classifier_without_bias",
    'layers.Dense(classes, activation="softmax", name="fc")',
    'layers.Dense(classes, activation="softmax", use_bias=False, name="fc")',
    say="Your fully connected layer has no biases. There is no BN after it, so it has some.",
)

change(
    "mobilenet_fixed_pool",
    'x = layers.GlobalAveragePooling2D(name="pool")(x)',
    """
    x = layers.AveragePooling2D(7, padding="same", name="pool")(x)
    x = layers.Flatten(name="flat")(x)
    """,
    say=(
        "Your pooling is 7 × 7 whatever comes. With another resolution the last maps have another "
        "size: take the mean over all of it."
    ),
)

change(
    "mobilenet_width_ignored_in_the_blocks",
    "separable_block(x, int(filters * alpha), strides",
    "separable_block(x, filters, strides",
    say="Your width multiplier changes the first convolution alone. It holds for every convolution.",
)

change(
    "mobilenet_first_with_bias",
    'padding="same", use_bias=False, name="conv")(',
    'padding="same", name="conv")(',
    say="Your first convolution has biases. A BN follows, so it needs none.",
)

change(
    "mobilenet_first_not_padded",
    'padding="same", use_bias=False, name="conv")(',
    'use_bias=False, name="conv")(',
    say="Your first convolution is not padded: 224 becomes 111. With `same` padding it becomes 112.",
)

change(
    "mobilenet_first_without_relu",
    """
    x = layers.ReLU(name="conv_relu")(x)
    """,
    "",
    say="Your first convolution has no ReLU. It has BN and ReLU like all the others.",
)
