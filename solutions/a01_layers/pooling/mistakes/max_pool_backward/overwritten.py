"""Where windows overlap, the last window overwrites what the earlier ones sent. A pixel collects
the gradients of all windows that it wins: use `+=`.
"""

import numpy as np

FAILS = ("max_pool_backward",)


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        first = pixels.argmax(axis=1)
        for b in range(batch):
            for c in range(channels):
                m, n = divmod(int(first[b, c]), width)
                dx[b, i * stride + m, j * stride + n, c] = dout[b, i, j, c]
    return dx
