"""You average over the windows that see a pixel. Their contributions add up, as every path through
which a pixel acts on the loss adds to its gradient.
"""

import numpy as np

FAILS = ("mean_pool_backward",)


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx, windows = np.zeros(x.shape), np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += dout[:, i : i + 1, j : j + 1] / (height * width)
        windows[window] += 1
    return dx / np.maximum(windows, 1)
