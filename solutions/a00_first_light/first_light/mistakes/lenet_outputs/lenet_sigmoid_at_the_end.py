"""Your network ends with a sigmoid, which treats every class by itself, so the ten numbers do not
add up to one; use softmax."""

import keras

FAILS = ("lenet_outputs",)


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
