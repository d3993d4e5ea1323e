"""GELU value by value, its derivative by the chain rule in small steps."""

import numpy as np


def gelu(x):
    x = np.asarray(x, dtype=float)
    y = [0.5 * v * (1 + np.tanh(0.7978845608028654 * (v + 0.044715 * v**3))) for v in x.flat]
    return np.reshape(y, x.shape)


def gelu_backward(dout, x):
    root = np.sqrt(2 / np.pi)
    u = root * (x + 0.044715 * x**3)
    du = root + 3 * root * 0.044715 * x**2
    dhalf = 0.5 * x / np.cosh(u) ** 2 * du
    return dout * dhalf + dout * 0.5 * (1 + np.tanh(u))
