"""Each sign on its own, written into an empty array."""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    right = x >= 0
    y[right] = 1 / (1 + np.exp(-x[right]))
    grown = np.exp(x[~right])
    y[~right] = grown / (1 + grown)
    return y


def tanh(x):
    decay = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - decay) / (1 + decay)


def tanh_backward(dout, x):
    y = tanh(x)
    return dout * (1 - y) * (1 + y)
