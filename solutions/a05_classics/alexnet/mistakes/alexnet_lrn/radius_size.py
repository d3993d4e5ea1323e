"""Your windows reach `size` maps to each side. `size` is the whole window: half of it, rounded
down, lies on each side of the map itself."""

import keras

FAILS = (
    "alexnet_lrn",
    "alexnet_simplified",
    "alexnet_two_gpus",
    "zfnet",
)


def across_maps(x, size, k, alpha, beta):
    channels, half = x.shape[-1], size
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(2 * size + 1))
    return x / keras.ops.power(k + alpha * energy, beta)
