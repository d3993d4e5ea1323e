"""You use the numbers of filters from the last to the first. They stand in the order of the
layers: `conv`, `mlp_1`, `mlp_2`.
"""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    last, hidden, wide = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),
            keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
        ]
    )
