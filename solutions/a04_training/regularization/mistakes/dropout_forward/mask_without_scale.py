"""Your y is right, but the mask that you return holds ones instead of 1 / (1 - rate). The backward
pass multiplies by this mask and would be too small.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate).astype(float)
    return x * mask / (1 - rate), mask
