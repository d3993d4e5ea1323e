"""You use the kernel's width for the rows and its height for the columns. `kernel_size` is (height,
width), like the axes of the image.
"""

import numpy as np

FAILS = ("max_pool_forward", "unchanged_fraction")


def max_pool_forward(x, kernel_size, stride, ceil=False):
    turned = (kernel_size[1], kernel_size[0])
    rows = max(pooled_size(x.shape[1], turned[0], stride, ceil), 0)
    columns = max(pooled_size(x.shape[2], turned[1], stride, ceil), 0)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, turned, stride, ceil):
        y[:, i, j] = x[window].max(axis=(1, 2))
    return y
