"""Functional, with the activation as a layer of its own."""

import keras


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    inputs = keras.Input(shape=input_shape)
    x = keras.layers.Conv2D(first, (3, 3), padding="same", name="conv2d_1")(inputs)
    x = keras.layers.ReLU()(x)
    if maps:
        x = keras.layers.Conv2D(maps, (1, 1), padding="same", name="conv2d_2")(x)
        x = keras.ops.relu(x)
    return keras.Model(inputs, x)
