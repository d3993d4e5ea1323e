"""No loop: the winners of all windows at once, scattered by `np.add.at`."""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    seen = windows(x, size, stride)
    winner = seen.reshape(*seen.shape[:4], -1).argmax(axis=-1)
    images, rows, columns, maps = np.indices(dout.shape)
    rows = rows * stride + winner // size[1]
    columns = columns * stride + winner % size[1]
    dx = np.zeros(x.shape)
    np.add.at(dx, (images, rows, columns, maps), dout)
    return dx
