"""You always use filters of 3 × 3. Hand the argument `kernel_size` on to `conv`."""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, 3, padding="same", activation="relu", name="conv"),
            keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
        ]
    )
