"""You let the window move by its own size and ignore `stride`. Windows may overlap or leave gaps:
window (i, j) begins at (i * stride, j * stride).
"""

import numpy as np

FAILS = ("max_pool_forward", "unchanged_fraction")


def max_pool_forward(x, kernel_size, stride, ceil=False):
    kernel_height, kernel_width = kernel_size
    rows = pooled_size(x.shape[1], kernel_height, kernel_height, ceil)
    columns = pooled_size(x.shape[2], kernel_width, kernel_width, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * kernel_height, j * kernel_width
            window = x[:, top : top + kernel_height, left : left + kernel_width]
            y[:, i, j] = window.max(axis=(1, 2))
    return y
