"""Where windows overlap, the last window overwrites what the earlier ones sent. A pixel collects
the gradients from all windows that see it: use `+=`.
"""

import numpy as np

FAILS = ("l2_pool_backward",)


def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
        upstream = dout[:, i : i + 1, j : j + 1]
        dx[window] = upstream * x[window] / (height * width * np.where(y > 0, y, 1))
    return dx
