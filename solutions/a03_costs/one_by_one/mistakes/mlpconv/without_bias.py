"""You switched the biases of your mlpconv block off. Each of the three layers has them."""

import keras

FAILS = ("mlpconv",)


def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(
                wide, kernel_size, padding="same", activation="relu", use_bias=False, name="conv"
            ),
            keras.layers.Conv2D(hidden, 1, activation="relu", use_bias=False, name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", use_bias=False, name="mlp_2"),
        ]
    )
