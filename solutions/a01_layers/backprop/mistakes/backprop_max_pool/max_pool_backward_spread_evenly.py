"""You spread the gradient evenly over the window, which is what average pooling does. In max
pooling the largest pixel gets all of it.
"""

import numpy as np

FAILS = ("backprop_max_pool", "one_step")


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows, columns = i * stride, j * stride
        share = dout[:, i : i + 1, j : j + 1] / (size[0] * size[1])
        dx[:, rows : rows + size[0], columns : columns + size[1]] += share
    return dx
