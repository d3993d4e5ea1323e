"""You use the random numbers of the first example for the whole batch. Every value has a number of
its own.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = np.broadcast_to((uniform[0] >= rate) / (1 - rate), x.shape)
    return x * mask, mask
