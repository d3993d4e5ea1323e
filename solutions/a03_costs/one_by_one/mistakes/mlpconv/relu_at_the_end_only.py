"""Only your last layer has a ReLU. Without it in between, the three layers together compute a
single linear function, and the small network is lost.
"""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, padding="same", name="conv"),
            keras.layers.Conv2D(hidden, 1, name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
        ]
    )
