"""You let the windows of the backward pass move by their own size. They stand where they stood in
the forward pass: at (i * stride, j * stride).
"""

import numpy as np

FAILS = ("max_pool_backward",)


def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    kernel_height, kernel_width = kernel_size
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            top, left = i * kernel_height, j * kernel_width
            window = np.s_[:, top : top + kernel_height, left : left + kernel_width, :]
            batch, height, width, channels = x[window].shape
            if height * width == 0:
                continue
            first = x[window].reshape(batch, height * width, channels).argmax(axis=1)
            is_first = np.arange(height * width)[:, np.newaxis] == first[:, np.newaxis, :]
            dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    return dx
