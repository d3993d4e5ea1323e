"""Mistakes in `lenet_outputs`."""

from autograder.checks import change, instead


@instead(
    "lenet_no_relu_in_convolutions",
    say='Your convolutions have no ReLU after them: give both activation="relu".',
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "lenet_no_relu_in_dense",
    say=(
        "Your linear layer of 500 units has no ReLU: without it the two linear layers together are "
        'just one linear layer. Give it activation="relu".'
    ),
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500)(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "lenet_no_softmax",
    say=(
        "Your network returns bare scores: add a softmax at the end, so that it gives "
        "probabilities, as the loss of this notebook expects."
    ),
    fails=("lenet_outputs", "digits_accuracy"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10)(x))


@instead(
    "lenet_sigmoid_at_the_end",
    say=(
        "Your network ends with a sigmoid, which treats every class by itself, so the ten numbers "
        "do not add up to one; use softmax."
    ),
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="sigmoid")(x))


@instead(
    "lenet_tanh",
    say="Your layers use tanh, as the paper of 1998 did; the slide has ReLU.",
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="tanh")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="tanh")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="tanh")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


change(
    "lenet_average_pools",
    'x = keras.layers.MaxPooling2D(2, name="pool1")(x)',
    'x = keras.layers.AveragePooling2D(2, name="pool1")(x)',
    'x = keras.layers.MaxPooling2D(2, name="pool2")(x)',
    'x = keras.layers.AveragePooling2D(2, name="pool2")(x)',
    say="You pool by averages: the slide has MaxPool.",
    fails=("lenet_outputs", "lenet"),
    inside="build_lenet",
)


change(
    "lenet_no_relu_at_all",
    'activation="relu", name="conv1"',
    'name="conv1"',
    'activation="relu", name="conv2"',
    'name="conv2"',
    'activation="relu", name="dense1"',
    'name="dense1"',
    say=(
        "There is no ReLU in your network: it belongs after both convolutions and after the "
        "first linear layer."
    ),
    inside="build_lenet",
)


change(
    "lenet_tanh_in_dense",
    'activation="relu", name="dense1"',
    'activation="tanh", name="dense1"',
    say="Your linear layer of 500 units has tanh. The slide has ReLU.",
    inside="build_lenet",
)


change(
    "lenet_sigmoid_in_dense",
    'activation="relu", name="dense1"',
    'activation="sigmoid", name="dense1"',
    say="Your linear layer of 500 units has a sigmoid. The slide has ReLU.",
    inside="build_lenet",
)


change(
    "lenet_tanh_in_convolutions",
    'activation="relu", name="conv1"',
    'activation="tanh", name="conv1"',
    'activation="relu", name="conv2"',
    'activation="tanh", name="conv2"',
    say="Your convolutions have tanh. The slide has ReLU.",
    inside="build_lenet",
)


change(
    "lenet_no_relu_in_the_first",
    'activation="relu", name="conv1"',
    'name="conv1"',
    say='Your first convolution has no ReLU: give it activation="relu".',
    inside="build_lenet",
)


change(
    "lenet_no_relu_in_the_second",
    'activation="relu", name="conv2"',
    'name="conv2"',
    say='Your second convolution has no ReLU: give it activation="relu".',
    inside="build_lenet",
)


change(
    "lenet_relu_at_the_end",
    'activation="softmax", name="dense2"',
    'activation="relu", name="dense2"',
    say=(
        "Your network ends with a ReLU, so its ten numbers are no probabilities. The last layer has "
        "a softmax."
    ),
    fails=("lenet_outputs", "digits_accuracy"),
    inside="build_lenet",
)
