"""You divide by the size of the kernel also where the window is cut off. Divide by the number of
pixels that the window really sees, as in the forward pass.
"""

import numpy as np

FAILS = ("mean_pool_backward",)


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        dx[window] += dout[:, i : i + 1, j : j + 1] / (kernel_size[0] * kernel_size[1])
    return dx
