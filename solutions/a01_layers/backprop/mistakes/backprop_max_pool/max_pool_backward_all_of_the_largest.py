"""When several pixels of a window are equally large, you give the whole gradient to each of them.
Only the first one in reading order gets it, as `argmax` finds it.
"""

import numpy as np

FAILS = ("backprop_max_pool",)


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows = slice(i * stride, i * stride + size[0])
        columns = slice(j * stride, j * stride + size[1])
        window = x[:, rows, columns]
        won = window == window.max(axis=(1, 2), keepdims=True)
        dx[:, rows, columns] += won * dout[:, i : i + 1, j : j + 1]
    return dx
