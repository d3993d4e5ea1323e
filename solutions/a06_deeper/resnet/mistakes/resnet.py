"""Mistakes in `resnet`."""

from autograder.checks import change

change(
    "average_pool",
    'x = layers.MaxPooling2D(3, 2, name="pool1")(x)',
    'x = layers.AveragePooling2D(3, 2, name="pool1")(x)',
    say="You average in the stem. The pool between conv1 and the blocks is a max pool.",
)

change(
    "flatten",
    'x = layers.GlobalAveragePooling2D(name="pool5")(x)',
    'x = layers.Flatten(name="pool5")(x)',
    say=(
        "You flatten the last maps. Global average pooling comes before the fully connected layer; "
        "without it, that layer alone has 49 times as many weights."
    ),
)

change(
    "one_block_too_few",
    "for block in range(count):",
    "for block in range(count if stage < 3 else max(count - 1, 1)):",
    say=(
        "Your last stage is one block short. Count the blocks again: `range(count)` gives `count` "
        "of them, the strided one included."
    ),
)

change(
    "pool_without_border",
    """
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    """,
    """
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    say=(
        "Your max pool has no border. Without the pixel of padding on every side 112 becomes 55, "
        "not 56."
    ),
)

change(
    "stem_same_padding",
    'x = conv(image, width, 7, 2, name="conv1")',
    'x = layers.Conv2D(width, 7, 2, padding="same", use_bias=False)(image)',
    say=(
        "Your stem pads with `'same'`. With stride 2 that is 2 and 3 pixels; the slides have 3 on "
        "every side, and 1 around the pool."
    ),
)

change(
    "stem_without_norm",
    """
    x = conv(image, width, 7, 2, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    """
    x = conv(image, width, 7, 2, name="conv1")
    """,
    say=(
        "Your stem convolution goes into the pool without BN and ReLU. Batch normalization follows "
        "every convolution, the first one too."
    ),
)

change(
    "stride_for_the_pool",
    """
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    """,
    """
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    "strides = 2 if stage > 0 and block == 0 else 1",
    "strides = 2 if block == 0 else 1",
    say=(
        "Your stage 1 halves the maps in its first block, in place of the max pool. The pool does "
        "that; the blocks of stage 1 have stride 1."
    ),
)

change(
    "stride_in_every_block",
    "strides = 2 if stage > 0 and block == 0 else 1",
    "strides = 2 if stage > 0 else 1",
    say=(
        "Every block of your stages 2 to 4 has stride 2. Only the first block of a stage halves "
        "the resolution."
    ),
)

change(
    "stride_in_stage_one",
    "strides = 2 if stage > 0 and block == 0 else 1",
    "strides = 2 if block == 0 else 1",
    say=(
        "Your stage 1 starts with stride 2 after the max pool has halved the maps already. Its "
        "blocks work on 56 × 56 and have stride 1."
    ),
)

change(
    "width_constant",
    "filters = width * 2**stage",
    "filters = width",
    say=(
        "All of your stages have the same number of filters. They double from stage to stage: 64, "
        "128, 256, 512."
    ),
)

change(
    "without_pool",
    """
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    """,
    """
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    say=(
        "Your stem lacks the 3 × 3 max pool with stride 2, like the slide's second table. All maps "
        "are twice as high and wide as they should be."
    ),
)

change(
    "without_softmax",
    'return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))',
    'return keras.Model(image, layers.Dense(classes, name="fc")(x))',
    say=(
        "Your network ends with raw scores. The last layer has a softmax, so that its outputs are "
        "probabilities."
    ),
)
