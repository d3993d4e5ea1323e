"""You differentiated the factor 0.5 * x only. The tanh depends on x as well: the product rule
gives a third term.
"""

import numpy as np

FAILS = ("gelu_backward",)


def gelu_backward(dout, x):
    root = np.sqrt(2 / np.pi)
    t = np.tanh(root * (x + 0.044715 * x**3))
    return dout * (0.5 + 0.5 * t)
