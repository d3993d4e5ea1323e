"""Your last layer has no ReLU. In network in network all three have one."""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),
            keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
            keras.layers.Conv2D(last, 1, name="mlp_2"),
        ]
    )
