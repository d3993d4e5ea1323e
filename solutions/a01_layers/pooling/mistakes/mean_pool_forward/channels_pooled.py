"""You take one mean over all channels of the window. Each channel is pooled for itself: take the
mean over axes 1 and 2 only.
"""

import numpy as np

FAILS = ("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward")


def mean_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = x[window].mean(axis=(1, 2, 3))[:, np.newaxis]
    return y
