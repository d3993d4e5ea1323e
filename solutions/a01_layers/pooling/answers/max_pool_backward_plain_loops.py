"""Plain loops; a later value replaces the maximum only if it is larger."""

import numpy as np


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros_like(x)
    rows = window_spans(x.shape[1], kernel_size[0], stride, ceil)
    columns = window_spans(x.shape[2], kernel_size[1], stride, ceil)
    for b, i, j, c in np.ndindex(dout.shape):
        best = None
        for m in range(*rows[i]):
            for n in range(*columns[j]):
                if best is None or x[b, m, n, c] > x[(b, *best, c)]:
                    best = m, n
        dx[(b, *best, c)] += dout[b, i, j, c]
    return dx
