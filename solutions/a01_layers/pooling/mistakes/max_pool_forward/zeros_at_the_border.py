"""You complete a window that is cut off with zeros, and they win where all values are negative.
Take the maximum of the pixels that are there, or fill with -inf.
"""

import numpy as np

FAILS = ("max_pool_forward",)


def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    bottom = max((rows - 1) * stride + kernel_size[0] - x.shape[1], 0)
    right = max((columns - 1) * stride + kernel_size[1] - x.shape[2], 0)
    padded = np.pad(x, ((0, 0), (0, bottom), (0, right), (0, 0)))
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, top : top + kernel_size[0], left : left + kernel_size[1]]
            y[:, i, j] = window.max(axis=(1, 2))
    return y
