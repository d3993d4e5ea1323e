"""You differentiate the mean of the squares and forget the root. The root adds the factor 1 / (2
y).
"""

import numpy as np

FAILS = ("l2_pool_backward", "global_pool_backward")


def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        upstream = dout[:, i : i + 1, j : j + 1]
        dx[window] += upstream * 2 * x[window] / (height * width)
    return dx
