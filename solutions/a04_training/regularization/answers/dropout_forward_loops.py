"""Value by value."""

import numpy as np


def dropout_forward(x, rate, uniform, training=True):
    y, mask = x.copy(), np.ones(x.shape)
    if training:
        for index in np.ndindex(x.shape):
            mask[index] = 0 if uniform[index] < rate else 1 / (1 - rate)
            y[index] = x[index] * mask[index]
    return y, mask
