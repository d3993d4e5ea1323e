"""Every pixel that equals the maximum gets the whole gradient in your answer, so a tie counts it
several times. Only the first maximum in reading order gets it.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        is_maximum = x[window] == x[window].max(axis=(1, 2), keepdims=True)
        dx[window] += is_maximum * dout[:, i : i + 1, j : j + 1]
    return dx
