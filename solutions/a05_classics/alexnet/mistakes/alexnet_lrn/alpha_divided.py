"""You divide `alpha` by the number of maps in the window, as Caffe and PyTorch do. The paper's
alpha multiplies the plain sum: leave `/ size` away."""

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
    return x / keras.ops.power(k + alpha / size * energy, beta)
