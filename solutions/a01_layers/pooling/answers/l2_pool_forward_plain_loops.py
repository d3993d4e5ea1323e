"""One output value after the other."""

import numpy as np


def l2_pool_forward(x, kernel_size, stride, ceil=False):
    rows = window_spans(x.shape[1], kernel_size[0], stride, ceil)
    columns = window_spans(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], len(rows), len(columns), x.shape[3]))
    for b, i, j, c in np.ndindex(y.shape):
        squares = [float(x[b, m, n, c]) ** 2 for m in range(*rows[i]) for n in range(*columns[j])]
        y[b, i, j, c] = (sum(squares) / len(squares)) ** 0.5
    return y
