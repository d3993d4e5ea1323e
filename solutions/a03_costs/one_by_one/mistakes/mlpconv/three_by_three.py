"""Your `mlp_1` and `mlp_2` look at a window again. Inside the block only `conv` does; the
perceptron works on one pixel, with 1 × 1 filters.
"""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),
            keras.layers.Conv2D(
                hidden, kernel_size, padding="same", activation="relu", name="mlp_1"
            ),
            keras.layers.Conv2D(last, kernel_size, padding="same", activation="relu", name="mlp_2"),
        ]
    )
