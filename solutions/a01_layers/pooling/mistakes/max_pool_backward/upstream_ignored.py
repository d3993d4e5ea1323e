"""You mark the maxima with ones and leave the upstream gradient out. By the chain rule each window
sends `dout` of its output.
"""

import numpy as np

FAILS = ("max_pool_backward", "global_pool_backward")


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for _, _, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        first = x[window].reshape(batch, height * width, channels).argmax(axis=1)
        is_first = np.arange(height * width)[:, np.newaxis] == first[:, np.newaxis, :]
        dx[window] += is_first.reshape(x[window].shape)
    return dx
