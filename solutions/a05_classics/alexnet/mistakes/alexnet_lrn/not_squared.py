"""You add up the neighbours themselves, so that positive and negative ones cancel. The sum is one
of squares."""

import keras

FAILS = (
    "alexnet_lrn",
    "alexnet_simplified",
    "alexnet_two_gpus",
    "zfnet",
)


def across_maps(x, size, k, alpha, beta):
    channels, half = x.shape[-1], size // 2
    squares = keras.ops.pad(keras.ops.abs(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(size))
    return x / keras.ops.power(k + alpha * energy, beta)
