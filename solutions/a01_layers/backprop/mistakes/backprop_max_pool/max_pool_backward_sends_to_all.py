"""You give the gradient to every pixel of the window. Only the largest one decided the output; the
others get 0.
"""

import numpy as np

FAILS = ("backprop_max_pool", "one_step")


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[1:3]):
        rows, columns = i * stride, j * stride
        dx[:, rows : rows + size[0], columns : columns + size[1]] += dout[:, i : i + 1, j : j + 1]
    return dx
