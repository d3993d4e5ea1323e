"""Functional, each ReLU as a layer."""

import keras


def mlpconv(input_shape, filters, kernel_size=3):
    inputs = x = keras.Input(input_shape)
    sides = {"conv": kernel_size, "mlp_1": 1, "mlp_2": 1}
    for (name, side), maps in zip(sides.items(), filters, strict=True):
        x = keras.layers.Conv2D(maps, side, padding="same", name=name)(x)
        x = keras.layers.Activation("relu")(x)
    return keras.Model(inputs, x)
