"""You share the gradient in proportion to the pixels' values. The mean treats all its pixels alike:
each gets dout / n, whatever its value.
"""

import numpy as np

FAILS = ("mean_pool_backward", "global_pool_backward")


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += x[window] * dout[:, i : i + 1, j : j + 1] / (height * width)
    return dx
