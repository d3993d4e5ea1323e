"""Sums of rectangles from an integral image."""

import numpy as np


def mean_pool_forward(x, kernel_size, stride, ceil=False):
    integral = np.pad(x.astype("float64"), ((0, 0), (1, 0), (1, 0), (0, 0)))
    integral = integral.cumsum(axis=1).cumsum(axis=2)
    rows = np.array(window_spans(x.shape[1], kernel_size[0], stride, ceil))
    columns = np.array(window_spans(x.shape[2], kernel_size[1], stride, ceil))
    tall = integral[:, rows[:, 1]] - integral[:, rows[:, 0]]
    sums = tall[:, :, columns[:, 1]] - tall[:, :, columns[:, 0]]
    counts = np.outer(np.diff(rows)[:, 0], np.diff(columns)[:, 0])
    return sums / counts[np.newaxis, :, :, np.newaxis]
