"""You keep what should be dropped. `rate` is the probability of dropping: values with uniform <
rate become 0.
"""

import numpy as np

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    if not training:
        return x, np.ones_like(x)
    mask = (uniform < rate) / rate
    return x * mask, mask
