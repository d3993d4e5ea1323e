"""Your convolutions have no bias: leave `use_bias` as it is, so that each filter has one."""

import keras

FAILS = (
    "lenet",
    "lenet_outputs",
)
HINT = None


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
