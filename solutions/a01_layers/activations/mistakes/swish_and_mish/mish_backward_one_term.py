"""Your derivative of Mish has one term only. The tanh depends on x as well: add x * (1 - t**2) *
sigmoid(x).
"""

import numpy as np

FAILS = ("swish_and_mish",)


def mish_backward(dout, x):
    return dout * np.tanh(softplus(x))
