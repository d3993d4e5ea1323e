"""The norm of every window, divided by the root of the number of its pixels."""

import numpy as np


def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        pixels = x[window].reshape(len(x), -1, x.shape[3])
        y[:, i, j] = np.linalg.norm(pixels, axis=1) / pixels.shape[1] ** 0.5
    return y
