"""You give the gradient to the last of equal maxima. It belongs to the first one in reading order;
`np.argmax` returns that one, while `>=` in a loop keeps replacing it.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        last = height * width - 1 - pixels[:, ::-1].argmax(axis=1)
        is_last = np.arange(height * width)[:, np.newaxis] == last[:, np.newaxis, :]
        dx[window] += (is_last * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    return dx
