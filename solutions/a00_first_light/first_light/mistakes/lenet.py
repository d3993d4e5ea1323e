"""Mistakes in `lenet`."""

from autograder.checks import instead


@instead(
    "filters_swapped",
    say=(
        "Your first convolution has 50 filters and your second 20; on the slide it is 20 first, "
        "then 50."
    ),
    fails=("lenet", "lenet_outputs"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "pool_three",
    say=(
        "Your pools are 3 × 3 with stride 3, so the maps come out as 9 × 9 and 3 × 3; the slide "
        "has K = 2, S = 2."
    ),
    fails=("lenet", "lenet_outputs"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(3)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(3)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "three_by_three",
    say="Your kernels are 3 × 3; the slide has K = 5.",
    fails=("lenet", "lenet_outputs"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 3, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "valid_padding",
    say=(
        "Your convolutions have no padding, so the maps shrink to 24 × 24 and further; P = 2 on "
        'the slide is what Keras calls padding="same".'
    ),
    fails=("lenet", "lenet_outputs"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


@instead(
    "without_bias",
    say="Your convolutions have no bias: leave `use_bias` as it is, so that each filter has one.",
    fails=("lenet", "lenet_outputs"),
    hint=None,
)
def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu", use_bias=False)(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu", use_bias=False)(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


change(
    "second_valid",
    'keras.layers.Conv2D(50, 5, padding="same",',
    "keras.layers.Conv2D(50, 5,",
    say=(
        "Your second convolution has no padding and gives maps of 10 × 10. The slide keeps 14 × 14: "
        '`padding="same"`.'
    ),
    fails=("lenet", "lenet_outputs"),
    inside="build_lenet",
)
