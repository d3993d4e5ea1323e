"""You leave out the factor 1 / n. The mean under the root gives it: the derivative is x / (n y)."""

import numpy as np

FAILS = ("l2_pool_backward", "global_pool_backward")


def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y = np.sqrt((x[window] ** 2).mean(axis=(1, 2), keepdims=True))
        upstream = dout[:, i : i + 1, j : j + 1]
        dx[window] += upstream * x[window] / np.where(y > 0, y, 1)
    return dx
