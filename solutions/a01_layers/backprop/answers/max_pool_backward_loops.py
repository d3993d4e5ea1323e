"""Four loops, one window at a time."""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for b, i, j, c in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        window = x[b, top : top + size[0], left : left + size[1], c]
        row, column = np.unravel_index(np.argmax(window), window.shape)
        dx[b, top + row, left + column, c] += dout[b, i, j, c]
    return dx
