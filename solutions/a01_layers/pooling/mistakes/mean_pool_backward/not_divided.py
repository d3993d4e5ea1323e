"""Each pixel gets the whole gradient of its window. It had a share of 1 / n in the mean, so it gets
dout / n.
"""

import numpy as np

FAILS = ("mean_pool_backward", "global_pool_backward")


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        dx[window] += dout[:, i : i + 1, j : j + 1]
    return dx
