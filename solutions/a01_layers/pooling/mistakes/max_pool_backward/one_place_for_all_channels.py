"""You look for the maximum of a window once and use its place for all channels. Each channel has
its own maximum: keep the channel axis in `argmax`.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, _ = x[window].shape
        first = x[window].max(axis=3).reshape(batch, height * width).argmax(axis=1)
        is_first = np.arange(height * width) == first[:, np.newaxis]
        is_first = is_first.reshape(batch, height, width, 1)
        dx[window] += is_first * dout[:, i : i + 1, j : j + 1]
    return dx
