"""A sigmoid made of NumPy's tanh, which never overflows, and a tanh that is NumPy's."""

import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def sigmoid_backward(dout, x):
    return dout * sigmoid(x) * sigmoid(-x)


def tanh(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    return 4 * sigmoid_backward(dout, 2 * x)
