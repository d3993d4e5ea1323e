"""Your running maximum starts at 0, so a window of negative values gives 0. Start with the first
pixel of the window or with -inf.
"""

import numpy as np

FAILS = ("max_pool_forward",)


def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = np.maximum(y[:, i, j], x[window].max(axis=(1, 2)))
    return y
