"""Where windows overlap, you keep only what the last one wrote. A pixel adds up its shares from
all of its windows: use += and not =.
"""

import numpy as np

FAILS = ("average_pool_backward",)


def average_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        top, left = i * stride, j * stride
        dx[:, top : top + size[0], left : left + size[1]] = dout[:, i : i + 1, j : j + 1] / (
            size[0] * size[1]
        )
    return dx
