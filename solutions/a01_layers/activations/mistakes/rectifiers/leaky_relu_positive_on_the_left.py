"""Your leaky ReLU is positive on the negative side. Multiply x itself by the slope there, not
|x|: the result stays negative.
"""

import numpy as np

FAILS = ("rectifiers",)


def leaky_relu(x, slope=0.1):
    return np.where(x > 0, x, slope * np.abs(x))
