"""You use the kernel's width for the rows and its height for the columns. `kernel_size` is (height,
width), like the axes of the image.
"""

import numpy as np

FAILS = ("mean_pool_forward", "l2_pool_forward", "l2_pool_backward", "global_pool_backward")


def mean_pool_forward(x, kernel_size, stride, ceil=False):
    turned = (kernel_size[1], kernel_size[0])
    rows = pooled_size(x.shape[1], turned[0], stride, ceil)
    columns = pooled_size(x.shape[2], turned[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, turned, stride, ceil):
        y[:, i, j] = x[window].mean(axis=(1, 2))
    return y
