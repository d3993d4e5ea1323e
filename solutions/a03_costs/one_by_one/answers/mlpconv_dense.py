"""The multilayer perceptron as dense layers, which Keras applies at every pixel."""

import keras


def mlpconv(input_shape, filters, kernel_size=3):
    inputs = keras.Input(input_shape)
    x = keras.layers.Conv2D(
        filters[0], kernel_size, padding="same", activation="relu", name="conv"
    )(inputs)
    for units, name in zip(filters[1:], ("mlp_1", "mlp_2"), strict=True):
        x = keras.layers.Dense(units, activation="relu", name=name)(x)
    return keras.Model(inputs, x)
