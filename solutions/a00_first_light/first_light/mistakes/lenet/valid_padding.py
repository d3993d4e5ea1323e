"""Your convolutions have no padding, so the maps shrink to 24 × 24 and further; P = 2 on the slide
is what Keras calls padding="same"."""

import keras

FAILS = (
    "lenet",
    "lenet_outputs",
)
HINT = None


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
