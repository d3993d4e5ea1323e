"""The chain rule with the backward pass of mean pooling."""

import numpy as np


def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    y = l2_pool_forward(x, kernel_size, stride, ceil)
    inverse = np.zeros_like(y)
    inverse[y > 0] = 0.5 / y[y > 0]
    return 2 * x * mean_pool_backward(dout * inverse, x, kernel_size, stride, ceil)
