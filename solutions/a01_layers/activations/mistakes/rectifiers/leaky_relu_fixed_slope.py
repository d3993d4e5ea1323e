"""You always use the slope 0.1. It is only the default; use the argument `slope`."""

import numpy as np

FAILS = ("rectifiers",)


def leaky_relu(x, slope=0.1):
    return np.where(x > 0, x, 0.1 * x)
