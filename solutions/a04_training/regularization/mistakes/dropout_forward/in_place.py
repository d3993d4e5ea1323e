"""You set values of x itself to zero. The layer before still needs them in the backward pass:
multiply by a mask instead.
"""

import numpy as np

FAILS = ("dropout_forward",)
HINT = None


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate) / (1 - rate)
    x[uniform < rate] = 0
    return x / (1 - rate), mask
