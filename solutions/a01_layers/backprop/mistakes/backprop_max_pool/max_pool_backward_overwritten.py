"""A pixel that wins several overlapping windows keeps only the gradient of the last one. Add them
up: use += and not =.
"""

import numpy as np

FAILS = ("backprop_max_pool",)


def max_pool_backward(dout, x, size, stride):
    height, width = size
    batch, rows, columns, channels = dout.shape
    dx = np.zeros(x.shape)
    images, maps = np.ogrid[:batch, :channels]
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        window = x[:, top : top + height, left : left + width]
        winner = window.reshape(batch, height * width, channels).argmax(axis=1)
        dx[images, top + winner // width, left + winner % width, maps] = dout[:, i, j]
    return dx
