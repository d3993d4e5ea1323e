"""You write into `x` to mark the maxima. The caller still needs its image: work on a copy, or
compare indices as `argmax` gives them.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")
# The values are right; the grader sees that the input was changed.
HINT = None


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        first = pixels.argmax(axis=1)[:, np.newaxis, :]
        is_first = np.arange(height * width)[:, np.newaxis] == first
        dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    x[:] = np.where(dx != 0, x, 0)
    return dx
