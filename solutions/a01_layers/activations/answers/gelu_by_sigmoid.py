"""The tanh form rewritten: (1 + tanh(u)) / 2 is sigmoid(2u)."""

import numpy as np


def gelu(x):
    return x * sigmoid(2 * np.sqrt(2 / np.pi) * x * (1 + 0.044715 * x * x))


def gelu_backward(dout, x):
    c = 2 * np.sqrt(2 / np.pi)
    gate = sigmoid(c * (x + 0.044715 * x**3))
    return dout * (gate + x * gate * (1 - gate) * c * (1 + 0.134145 * x**2))
