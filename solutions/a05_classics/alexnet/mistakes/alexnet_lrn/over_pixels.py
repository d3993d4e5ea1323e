"""Your windows lie in the image: you add up neighbouring pixels of the same map. The neighbours
are the maps beside it at the same pixel, along the last axis."""

import keras

FAILS = (
    "alexnet_lrn",
    "alexnet_simplified",
    "alexnet_two_gpus",
    "zfnet",
)


def across_maps(x, size, k, alpha, beta):
    width, half = x.shape[2], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [half, half], [0, 0]])
    energy = sum(squares[:, :, shift : shift + width] for shift in range(size))
    return x / keras.ops.power(k + alpha * energy, beta)
