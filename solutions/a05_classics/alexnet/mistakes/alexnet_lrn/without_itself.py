"""Your windows leave out the map in their middle. It belongs to its own neighbourhood: the sum
begins at c − n/2 and ends at c + n/2 without a gap."""

import keras

FAILS = (
    "alexnet_lrn",
    "alexnet_simplified",
    "alexnet_two_gpus",
    "zfnet",
)


def across_maps(x, size, k, alpha, beta):
    channels, half = x.shape[-1], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(size) if shift != half)
    return x / keras.ops.power(k + alpha * energy, beta)
