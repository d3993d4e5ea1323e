"""Your variance is 1 / fan-in. ReLU cuts off half of the signal, so MSRA has a 2 above the line."""

import numpy as np

FAILS = ("initial_weights",)


def msra_std(shape):
    return np.sqrt(1 / fans(shape)[0])
