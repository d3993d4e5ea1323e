"""Your window of the first map takes in the last ones, because `roll` joins the two ends. Beyond
the ends there is nothing: pad with zeros."""

import keras

FAILS = (
    "alexnet_lrn",
    "alexnet_simplified",
    "alexnet_two_gpus",
    "zfnet",
)


def across_maps(x, size, k, alpha, beta):
    half = size // 2
    squares = keras.ops.square(x)
    energy = sum(keras.ops.roll(squares, shift, axis=-1) for shift in range(-half, half + 1))
    return x / keras.ops.power(k + alpha * energy, beta)
