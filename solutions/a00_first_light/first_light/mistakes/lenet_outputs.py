"""Mistakes in `lenet_outputs`."""

from autograder.checks import instead


@instead(
    "lenet_no_relu_in_convolutions",
    say='Your convolutions have no ReLU behind them: give both activation="relu".',
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
