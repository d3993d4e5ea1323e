"""You give every pixel of a window the whole gradient. The output is a mean, so each pixel's slope
is 1 divided by the number of pixels in the window.
"""

import numpy as np

FAILS = ("average_pool_backward",)


def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] += dout[:, i : i + 1, j : j + 1]
    return dx
