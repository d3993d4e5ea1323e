"""You scale at test time as well. Inverted dropout has already divided in training; at test time y
is x.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x * (1 - rate), np.full_like(x, 1 - rate)
    mask = (uniform >= rate) / (1 - rate)
    return x * mask, mask
