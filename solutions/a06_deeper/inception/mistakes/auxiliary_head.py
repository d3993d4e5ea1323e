"""Mistakes in `auxiliary_head`."""

from autograder.checks import change

change(
    "head_global_pool",
    'x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)',
    'x = keras.layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_pool")(x)',
    say=(
        "You average over the whole map. The head keeps 4 × 4 places: its window is 5 × 5 with "
        "stride 3."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_linear_hidden",
    'x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)',
    'x = keras.layers.Dense(units, name=f"{name}_fc")(x)',
    say="Your hidden layer has no ReLU. Without it the two fully connected layers could be one.",
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_max_pool",
    'x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)',
    'x = keras.layers.MaxPooling2D(5, strides=3, name=f"{name}_pool")(x)',
    say="You take the maximum. The head starts with an average: AvgPool-1x1Conv-FC-FC-Softmax.",
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_one_layer",
    """
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    """,
    """
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    """,
    say=(
        "Your head has one fully connected layer. There are two: a hidden one, and one with a unit "
        "for each class."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_pool_stride",
    'x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)',
    'x = keras.layers.AveragePooling2D(5, name=f"{name}_pool")(x)',
    say=(
        "Your windows do not overlap: without `strides`, Keras moves a window of 5 by 5 pixels. "
        "Set `strides=3`."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_same_padding",
    'x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)',
    'x = keras.layers.AveragePooling2D(5, strides=3, padding="same", name=f"{name}_pool")(x)',
    say=(
        "Your pooling pads. The head's 5 × 5 windows stay inside the map, so that 14 × 14 becomes "
        "4 × 4: leave Keras' default, `valid`."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_sigmoid",
    'return keras.layers.Dense(classes, activation="softmax", name=f"{name}_linear")(x)',
    'return keras.layers.Dense(classes, activation="sigmoid", name=f"{name}_linear")(x)',
    say=(
        "Your classes end with a sigmoid. They exclude each other, so their probabilities must add "
        "up to 1: softmax."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_without_conv",
    """
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    x = keras.layers.Conv2D(conv_filters, 1, activation="relu", name=f"{name}_conv")(x)
    """,
    """
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    """,
    say=(
        "Your head has no 1 × 1 convolution. It stands between the pooling and the first fully "
        "connected layer and reduces the depth."
    ),
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_without_dropout",
    """
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    """,
    """
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    """,
    say="Your head has no dropout. It stands between the two fully connected layers.",
    fails=("auxiliary_head", "googlenet"),
)

change(
    "dropout_of_a_half",
    "keras.layers.Dropout(0.7,",
    "keras.layers.Dropout(0.5,",
    say=(
        "Your dropout sets half of the units to zero. The head of GoogLeNet drops 70 %: a "
        "rate of 0.7."
    ),
    fails=("auxiliary_head", "googlenet"),
)


change(
    "dropout_kept",
    "keras.layers.Dropout(0.7,",
    "keras.layers.Dropout(0.3,",
    say="You keep 70 % of the units. Keras' `rate` is the share that is set to zero: 0.7.",
    fails=("auxiliary_head", "googlenet"),
)


change(
    "dropout_of_the_main_head",
    "keras.layers.Dropout(0.7,",
    "keras.layers.Dropout(0.4,",
    say="40 % is the dropout of the main head. The auxiliary heads drop 70 %.",
    fails=("auxiliary_head", "googlenet"),
)

change(
    "head_conv_linear",
    'conv_filters, 1, activation="relu", name',
    "conv_filters, 1, name",
    say="Your 1 × 1 convolution has no ReLU. The table gives it one.",
    fails=("auxiliary_head", "googlenet"),
)


change(
    "head_dropout_first",
    """
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    """,
    """
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    """,
    say="Your dropout stands before the hidden layer. It follows it.",
    fails=("auxiliary_head", "googlenet"),
)


change(
    "head_without_softmax",
    'keras.layers.Dense(classes, activation="softmax", name',
    "keras.layers.Dense(classes, name",
    say="Your head ends with plain scores. It ends with a softmax: probabilities.",
    fails=("auxiliary_head", "googlenet"),
)
