"""You drop values but do not scale those that stay, so the mean of y is smaller than x. Divide
what is kept by 1 - rate.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate).astype(float)
    return x * mask, mask
