"""You return the slope of GELU alone. Multiply it by dout, the gradient that arrives from above."""

import numpy as np

FAILS = ("gelu_backward",)


def gelu_backward(dout, x):
    root = np.sqrt(2 / np.pi)
    t = np.tanh(root * (x + 0.044715 * x**3))
    return 0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * root * (1 + 3 * 0.044715 * x**2)
