"""Swish and Mish from the pairs written before."""

import numpy as np


def swish(x, beta=1.0):
    return np.multiply(sigmoid(beta * x), x)


def swish_backward(dout, x, beta=1.0):
    return dout * sigmoid(beta * x) + sigmoid_backward(dout * x, beta * x) * beta


def mish(x):
    return tanh(softplus(x)) * x


def mish_backward(dout, x):
    inner = softplus(x)
    return dout * tanh(inner) + softplus_backward(tanh_backward(dout * x, inner), x)
