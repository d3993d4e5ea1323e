"""You take the maximum over the images of the batch, too, so they all give the same map. Axis 0
must stay: take the maximum over axes 1 and 2.
"""

import numpy as np

FAILS = ("max_pool_forward", "unchanged_fraction")


def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = x[window].max(axis=(0, 1, 2))
    return y
