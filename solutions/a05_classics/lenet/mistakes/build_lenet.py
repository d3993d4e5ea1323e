"""Mistakes in `build_lenet`."""

from autograder.checks import change, instead

change(
    "average_pooling",
    'x = keras.layers.MaxPooling2D(2, name="pool1")(x)',
    "x = keras.layers.AveragePooling2D(2)(x)",
    """
    x = keras.layers.MaxPooling2D(2, name="pool2")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    """,
    """
    x = keras.layers.AveragePooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    """,
    'return keras.Model(images, x, name="lenet")',
    "return keras.Model(images, x)",
    say=(
        "You pool by averages. The slide of Lecture 7 has MaxPool; the averages belong to LeNet-5 "
        "of 1998."
    ),
)


change(
    "filters_swapped",
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    """,
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="relu", name="conv2")(x)
    """,
    say="Your first convolution has the 50 filters and your second the 20. The number of maps "
    "grows from the image to the scores.",
    inside="build_lenet",
)


change(
    "hidden_layer_linear",
    """
    x = keras.layers.Dense(units, activation="relu", name="linear1")(x)
    """,
    """
    x = keras.layers.Dense(units, name="linear1")(x)
    """,
    say="There is no ReLU after your first linear layer. Without it the two linear layers "
    "together are no more than one.",
    inside="build_lenet",
)


change(
    "hidden_layer_missing",
    """
    x = keras.layers.Dense(units, activation="relu", name="linear1")(x)
    """,
    """

    """,
    say="You go from 2450 values straight to the scores. The slide has a linear layer of 500 units "
    "with ReLU in between.",
    inside="build_lenet",
)


change(
    "overlapping_pools",
    'x = keras.layers.MaxPooling2D(2, name="pool1")(x)',
    'x = keras.layers.MaxPooling2D(3, 2, padding="same")(x)',
    """
    x = keras.layers.MaxPooling2D(2, name="pool2")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    """,
    """
    x = keras.layers.MaxPooling2D(3, 2, padding="same")(x)
    x = keras.layers.Flatten()(x)
    """,
    'return keras.Model(images, x, name="lenet")',
    "return keras.Model(images, x)",
    say=(
        "Your pools look at 3 × 3 pixels, as those of AlexNet do. Here K=2 and S=2: windows of 2 × "
        "2 side by side."
    ),
)


change(
    "relu_on_scores",
    """
    x = keras.layers.Dense(classes, name="linear2")(x)
    """,
    """
    x = keras.layers.Dense(classes, activation="relu", name="linear2")(x)
    """,
    say="You put a ReLU after the last layer as well, so no score can be negative. The slide has "
    "none there.",
    inside="build_lenet",
)


change(
    "second_pool_missing",
    """
    x = keras.layers.MaxPooling2D(2, name="pool2")(x)
    """,
    """

    """,
    say="There is no pool after your second convolution, so 14 × 14 × 50 values are flattened in "
    "place of 7 × 7 × 50. Add the second MaxPool.",
    inside="build_lenet",
)


@instead(
    "sizes_fixed",
    say=(
        "You wrote the sizes of the slide into the network and left out the arguments, so it "
        "cannot be made narrower. Use `filters`, `units`, `classes` and `input_shape`."
    ),
)
def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(20, 5, padding="same", activation="relu", name="conv1")(images)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(50, 5, padding="same", activation="relu", name="conv2")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(500, activation="relu", name="linear1")(x)
    x = keras.layers.Dense(10, name="linear2")(x)
    return keras.Model(images, x)


change(
    "softmax",
    """
    x = keras.layers.Dense(classes, name="linear2")(x)
    """,
    """
    x = keras.layers.Dense(classes, activation="softmax", name="linear2")(x)
    """,
    say="Your network ends with a softmax. The slide ends with ten plain scores, so leave out the "
    "activation of the last layer.",
    inside="build_lenet",
)


@instead(
    "stride_in_convolution",
    say=(
        "You shrink the maps by a stride of 2 in the convolutions. On the slide they have S=1, and "
        "the pools halve the size."
    ),
)
def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(
        filters[0], 5, strides=2, padding="same", activation="relu", name="conv1"
    )(images)
    x = keras.layers.Conv2D(
        filters[1], 5, strides=2, padding="same", activation="relu", name="conv2"
    )(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, activation="relu", name="linear1")(x)
    x = keras.layers.Dense(classes, name="linear2")(x)
    return keras.Model(images, x)


change(
    "valid_padding",
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[0], 5, activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, activation="relu", name="conv2")(x)
    """,
    say="Your convolutions have no padding, so the maps shrink to 24 × 24 and 8 × 8. P = 2 on the "
    'slide is `padding="same"`.',
    inside="build_lenet",
)


change(
    "windows_of_three",
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[0], 3, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 3, padding="same", activation="relu", name="conv2")(x)
    """,
    say="Your convolutions have windows of 3 × 3; the slide says K=5.",
    inside="build_lenet",
)


change(
    "without_bias",
    """
    x = keras.layers.Conv2D(filters[0], 5, padding="same", activation="relu", name="conv1")(images)
    """,
    """
    x = keras.layers.Conv2D(
        filters[0], 5, padding="same", use_bias=False, activation="relu", name="conv1"
    )(images)
    """,
    """
    x = keras.layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    """,
    """
    x = keras.layers.Conv2D(
        filters[1], 5, padding="same", use_bias=False, activation="relu", name="conv2"
    )(x)
    """,
    say="Your convolutions have no biases. Leave `use_bias` as it is: each filter has one.",
    inside="build_lenet",
)
