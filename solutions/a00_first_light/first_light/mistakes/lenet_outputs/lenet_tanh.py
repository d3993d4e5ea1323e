"""Your layers use tanh, as the paper of 1998 did; the slide has ReLU."""

import keras

FAILS = ("lenet_outputs",)


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
