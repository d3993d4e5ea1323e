"""A running sum and a count for every output value."""

import numpy as np


def mean_pool_forward(x, kernel_size, stride, ceil=False):
    batch, height, width, channels = x.shape
    rows = pooled_size(height, kernel_size[0], stride, ceil)
    columns = pooled_size(width, kernel_size[1], stride, ceil)
    y = np.zeros((batch, rows, columns, channels))
    for b, i, j, c in np.ndindex(y.shape):
        count = 0
        for m in range(i * stride, min(i * stride + kernel_size[0], height)):
            for n in range(j * stride, min(j * stride + kernel_size[1], width)):
                y[b, i, j, c] += x[b, m, n, c]
                count += 1
        y[b, i, j, c] /= count
    return y
