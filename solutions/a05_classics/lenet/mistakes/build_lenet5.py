"""Mistakes in `build_lenet5`."""

from autograder.checks import change, instead

change(
    "c5_linear",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Conv2D(filters[2], 5, activation="tanh", name="C5")(x)
    """,
    """
    x = keras.layers.Conv2D(filters[2], 5, name="C5")(x)
    """,
    say="There is no tanh after your C5; every C and F layer but the output has one.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "c5_missing",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Conv2D(filters[2], 5, activation="tanh", name="C5")(x)
    """,
    """

    """,
    say="C5 is missing: you flatten the maps of S4 and go straight to F6. C5 turns 5 × 5 × 16 "
    "values into 120.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "c5_three_by_three",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Conv2D(filters[2], 5, activation="tanh", name="C5")(x)
    """,
    """
    x = keras.layers.Conv2D(filters[2], 3, activation="tanh", name="C5")(x)
    """,
    say="Your C5 has windows of 3 × 3, so it leaves 3 × 3 places. Its window is 5 × 5, as large as "
    "the maps of S4.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "f6_linear",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Dense(units, activation="tanh", name="F6")(x)
    """,
    """
    x = keras.layers.Dense(units, name="F6")(x)
    """,
    say="There is no tanh after your F6, so F6 and the output together are no more than one "
    "linear layer.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "f6_missing",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Dense(units, activation="tanh", name="F6")(x)
    """,
    """

    """,
    say="F6 is missing: between the 120 values of C5 and the scores stand 84 units with tanh.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "max_pooling",
    """
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.MaxPooling2D(2, name="S2")(x)
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    """,
    """
    x = keras.layers.MaxPooling2D(2, name="S4")(x)
    """,
    say="You pool by maxima. LeNet-5 has average pooling (S2 and S4).",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "pool_stride_one",
    """
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.AveragePooling2D(2, strides=1, name="S2")(x)
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    """,
    """
    x = keras.layers.AveragePooling2D(2, strides=1, name="S4")(x)
    """,
    say="Your pools move by one pixel. They have stride 2, so that 28 × 28 becomes 14 × 14.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


@instead(
    "relu",
    say="Your network has ReLU in place of tanh. In 1998 the nonlinearity was tanh.",
    fails=("build_lenet5", "wired_convolution"),
)
def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(filters[0], 5, activation="relu", name="C1")(images)
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    x = keras.layers.Activation("relu", name="C3_tanh")(c3(x))
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    x = keras.layers.Conv2D(filters[2], 5, activation="relu", name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, activation="relu", name="F6")(x)
    x = keras.layers.Dense(classes, name="output")(x)
    return keras.Model(images, x)


change(
    "same_padding",
    """
    x = keras.layers.Conv2D(filters[0], 5, activation="tanh", name="C1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="tanh", name="C1")(images)
    """,
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, padding="same", name="C3")
    """,
    say="Your C1 is padded, so its maps stay 32 × 32 and everything after it is too large. LeNet-5 "
    "has no padding: 32 → 28 → 14 → 10 → 5 → 1.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "softmax",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    x = keras.layers.Dense(classes, name="output")(x)
    """,
    """
    x = keras.layers.Dense(classes, activation="softmax", name="output")(x)
    """,
    say="Your network ends with a softmax. Here it ends with plain scores, and the softmax belongs "
    "to the loss.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)


change(
    "tanh_behind_the_pool",
    """
    x = keras.layers.Conv2D(filters[0], 5, activation="tanh", name="C1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[0], 5, name="C1")(images)
    """,
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    x = keras.layers.Activation("tanh", name="C3_tanh")(c3(x))
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    """,
    """
    x = keras.layers.Activation("tanh")(x)
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, name="C3")
    x = keras.layers.AveragePooling2D(2, name="S4")(c3(x))
    x = keras.layers.Activation("tanh", name="C3_tanh")(x)
    """,
    say="Your tanh comes after S2 and S4 instead of after C1 and C3. The mean of four tanh is "
    "not the tanh of the mean: put it in front of the pool.",
    fails=("build_lenet5", "wired_convolution"),
    inside="build_lenet5",
)
