"""You divide by the rate. What is kept is a share of 1 - rate of all values, so divide by 1 - rate
to make up for the rest.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate) / rate
    return x * mask, mask
