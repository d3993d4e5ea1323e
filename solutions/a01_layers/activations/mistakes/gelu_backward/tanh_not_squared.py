"""You use 1 - tanh(u) as the slope of the tanh. It is 1 - tanh(u) ** 2."""

import numpy as np

FAILS = ("gelu_backward",)


def gelu_backward(dout, x):
    root = np.sqrt(2 / np.pi)
    t = np.tanh(root * (x + 0.044715 * x**3))
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t) * root * (1 + 3 * 0.044715 * x**2))
