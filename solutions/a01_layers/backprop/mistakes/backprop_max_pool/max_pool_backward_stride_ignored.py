"""You let the windows stand side by side, whatever the stride. Window (i, j) begins at row i *
stride and column j * stride.
"""

import numpy as np

FAILS = ("backprop_max_pool",)


def max_pool_backward(dout, x, size, stride):
    height, width = size
    dx = np.zeros(x.shape)
    for b, i, j, c in np.ndindex(dout.shape):
        top, left = i * height, j * width
        window = x[b, top : top + height, left : left + width, c]
        if window.size:
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[b, top + row, left + column, c] += dout[b, i, j, c]
    return dx
