"""You compare the values without their sign. The maximum of -5 and 1 is 1: do not take the absolute
value.
"""

import numpy as np

FAILS = ("max_pool_forward",)


def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = np.abs(x[window]).max(axis=(1, 2))
    return y
