"""Where windows overlap, the last window overwrites what the earlier ones sent. A pixel collects
its shares from all windows that see it: use `+=`.
"""

import numpy as np

FAILS = ("mean_pool_backward",)


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] = dout[:, i : i + 1, j : j + 1] / (height * width)
    return dx
