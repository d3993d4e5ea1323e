"""You add up the window and do not divide. The mean is the sum divided by the number of pixels."""

import numpy as np

FAILS = ("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward")


def mean_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = x[window].sum(axis=(1, 2))
    return y
