"""You look for one largest value in all channels of a window together. Each channel is pooled on
its own and has a winner of its own.
"""

import numpy as np

FAILS = ("backprop_max_pool", "one_step")


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for b, i, j in np.ndindex(dout.shape[:3]):
        top, left = i * stride, j * stride
        window = x[b, top : top + size[0], left : left + size[1]]
        row, column, _ = np.unravel_index(window.argmax(), window.shape)
        dx[b, top + row, left + column] += dout[b, i, j]
    return dx
