"""Your block loses a frame of pixels: `conv` needs `padding="same"`."""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, activation="relu", name="conv"),
            keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
        ]
    )
