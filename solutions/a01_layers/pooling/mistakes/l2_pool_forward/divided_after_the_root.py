"""You divide by n after the root. The factor 1 / n stands under the root, with the squares."""

import numpy as np

FAILS = ("l2_pool_forward", "l2_pool_backward", "global_pool_backward")


def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        y[:, i, j] = np.sqrt((x[window] ** 2).sum(axis=(1, 2))) / (height * width)
    return y
