"""Mistakes in `googlenet`."""

from autograder.checks import change

change(
    "average_pool",
    "return keras.layers.MaxPooling2D(3, strides=2, name=name)(x)",
    "return keras.layers.AveragePooling2D(3, strides=2, name=name)(x)",
    say=(
        "You average where the network takes the maximum: only the last pooling of GoogLeNet is an "
        "average."
    ),
)

change(
    "dropout_kept",
    'x = keras.layers.Dropout(0.4, name="dropout")(x)',
    'x = keras.layers.Dropout(0.6, name="dropout")(x)',
    say=(
        "Your dropout has the rate 0.6. Keras takes the share that is dropped, 0.4, and not the "
        "share that is kept."
    ),
)

change(
    "flatten",
    'x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)',
    'x = keras.layers.Flatten(name="avg_pool")(x)',
    say=(
        "You flatten the last maps, so the linear layer gets 7 · 7 times as many weights. "
        "GoogLeNet averages each map globally first."
    ),
)

change(
    "global_max",
    'x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)',
    'x = keras.layers.GlobalMaxPooling2D(name="avg_pool")(x)',
    say="You take the global maximum. GoogLeNet ends with a global average.",
)

change(
    "heads_first",
    "return keras.Model(image, [main, *heads] if auxiliary else main)",
    "return keras.Model(image, [*heads, main] if auxiliary else main)",
    say="Your outputs come in the wrong order. The main output is the first one, then 4a, then 4d.",
)

change(
    "heads_on_4b_and_4e",
    'if auxiliary and module in ("4a", "4d"):',
    'if auxiliary and module in ("4b", "4e"):',
    say="Your auxiliary heads hang on 4b and 4e. They belong on 4a and 4d.",
)

change(
    "linear_stem",
    'x = keras.layers.Conv2D(conv1, 7, strides=2, activation="relu", name="conv1")(x)',
    'x = keras.layers.Conv2D(conv1, 7, strides=2, name="conv1")(x)',
    """
    x = keras.layers.Conv2D(conv2_reduce, 1, activation="relu", name="conv2_reduce")(x)
    x = keras.layers.Conv2D(conv2, 3, padding="same", activation="relu", name="conv2")(x)
    """,
    """
    x = keras.layers.Conv2D(conv2_reduce, 1, name="conv2_reduce")(x)
    x = keras.layers.Conv2D(conv2, 3, padding="same", name="conv2")(x)
    """,
    say="The convolutions of your stem have no ReLU. Every convolution of GoogLeNet has one.",
)

change(
    "one_head",
    'if auxiliary and module in ("4a", "4d"):',
    'if auxiliary and module in ("4a",):',
    say="Your network has one auxiliary head. There are two, on 4a and on 4d.",
)

change(
    "pool_late",
    'if module == "4a":',
    'if module == "4b":',
    say=(
        "Your third pooling comes after 4a. It belongs between 3b and 4a, so that all modules 4 "
        "work on 14 × 14."
    ),
)

change(
    "pool_without_padding",
    """
    def halve(x, name):
        x = keras.layers.ZeroPadding2D(1, name=f"{name}_pad")(x)
    """,
    """
    def halve(x, name):
    """,
    say=(
        "Your poolings have no padding, so they give 55, 27, 13 and 6 pixels instead of 56, 28, 14 "
        "and 7. Pad one pixel on each side."
    ),
)

change(
    "same_padding",
    """
    x = keras.layers.ZeroPadding2D(1, name=f"{name}_pad")(x)
    return keras.layers.MaxPooling2D(3, strides=2, name=name)(x)
    """,
    """
    return keras.layers.MaxPooling2D(3, strides=2, padding="same", name=name)(x)
    """,
    """
    x = keras.layers.ZeroPadding2D(3, name="conv1_pad")(image)
    x = keras.layers.Conv2D(conv1, 7, strides=2, activation="relu", name="conv1")(x)
    """,
    """
    x = keras.layers.Conv2D(conv1, 7, strides=2, padding="same", activation="relu", name="conv1")(
        image
    )
    """,
    say=(
        "You pad with `same`. With stride 2 that pads more at the bottom and the right; the slide "
        "pads both sides alike, 3 pixels for conv1 and 1 for the poolings, so use `ZeroPadding2D`."
    ),
)

change(
    "stem_without_reduce",
    "conv1, conv2_reduce, conv2 = stem",
    "conv1, _conv2_reduce, conv2 = stem",
    """
    x = halve(x, "pool1")
    x = keras.layers.Conv2D(conv2_reduce, 1, activation="relu", name="conv2_reduce")(x)
    """,
    """
    x = halve(x, "pool1")
    """,
    say=(
        "Your stem lacks the 1 × 1 convolution before the 3 × 3. The table has it in the column "
        "`#3×3 reduce` of its third row."
    ),
)

change(
    "stride_late",
    'x = keras.layers.Conv2D(conv1, 7, strides=2, activation="relu", name="conv1")(x)',
    'x = keras.layers.Conv2D(conv1, 7, activation="relu", name="conv1")(x)',
    'x = keras.layers.Conv2D(conv2_reduce, 1, activation="relu", name="conv2_reduce")(x)',
    'x = keras.layers.Conv2D(conv2_reduce, 1, strides=2, activation="relu", name="conv2_reduce")(x)',
    say=(
        "Your first convolution has stride 1 and the second one stride 2. The 7 × 7 convolution is "
        "the one that moves by two pixels."
    ),
)

change(
    "without_dropout",
    """
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    x = keras.layers.Dropout(0.4, name="dropout")(x)
    """,
    """
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    """,
    say="The dropout before the linear layer is missing. The table has 40 %.",
)

change(
    "without_softmax",
    'main = keras.layers.Dense(classes, activation="softmax", name="linear")(x)',
    'main = keras.layers.Dense(classes, name="linear")(x)',
    say="Your main output has no softmax. The table ends with one: the outputs are probabilities.",
)

change(
    "dropout_of_the_heads",
    "keras.layers.Dropout(0.4, name",
    "keras.layers.Dropout(0.7, name",
    say="70 % is the dropout of the auxiliary heads. The main head drops 40 %.",
    inside="googlenet",
)
