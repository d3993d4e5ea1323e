"""You share the gradient among equal maxima. The rule of this course is that the first maximum in
reading order takes all of it.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        is_maximum = x[window] == x[window].max(axis=(1, 2), keepdims=True)
        share = is_maximum / is_maximum.sum(axis=(1, 2), keepdims=True)
        dx[window] += share * dout[:, i : i + 1, j : j + 1]
    return dx
