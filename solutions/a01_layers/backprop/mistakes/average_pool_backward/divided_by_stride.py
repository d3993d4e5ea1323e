"""You divide by the stride squared. Each of the height × width pixels of a window has the weight 1
/ (height × width), however far the windows are apart.
"""

import numpy as np

FAILS = ("average_pool_backward",)


def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] += (
            dout[:, i : i + 1, j : j + 1] / stride**2
        )
    return dx
