"""Pixel by pixel, in single precision."""

import numpy as np


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros_like(x, dtype="float32")
    rows = window_spans(x.shape[1], kernel_size[0], stride, ceil)
    columns = window_spans(x.shape[2], kernel_size[1], stride, ceil)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            pixels = [(m, n) for m in range(*row) for n in range(*column)]
            for m, n in pixels:
                dx[:, m, n] += dout[:, i, j] / len(pixels)
    return dx
