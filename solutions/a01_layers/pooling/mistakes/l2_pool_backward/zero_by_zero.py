"""You divide 0 by 0 in a window of zeros and get NaN. Such a window sends the gradient 0: divide
only where the output is larger than 0.
"""

import numpy as np

FAILS = ("l2_pool_backward", "global_pool_backward")


def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    dx = np.zeros(x.shape)
    y = l2_pool_forward(x, kernel_size, stride, ceil)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        with np.errstate(invalid="ignore"):
            slope = x[window] / (height * width * y[:, i : i + 1, j : j + 1])
        dx[window] += dout[:, i : i + 1, j : j + 1] * slope
    return dx
