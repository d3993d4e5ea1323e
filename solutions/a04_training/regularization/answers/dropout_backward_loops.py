"""Value by value."""

import numpy as np


def dropout_backward(dy, mask):
    dx = np.zeros(dy.shape)
    for index in np.ndindex(dy.shape):
        if mask[index]:
            dx[index] = dy[index] * mask[index]
    return dx
