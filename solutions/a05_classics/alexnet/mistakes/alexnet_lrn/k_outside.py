"""You add `k` after the power. In the formula it stands inside the brackets: `(k + alpha * energy)
** beta`."""

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
    energy = sum(squares[..., shift : shift + channels] for shift in range(size))
    return x / (k + keras.ops.power(alpha * energy, beta))
