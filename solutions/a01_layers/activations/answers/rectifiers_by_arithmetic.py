"""Rectifiers as one family: ReLU is the leaky one with slope 0."""

import numpy as np


def relu(x):
    return (x + np.abs(x)) / 2


def relu_backward(dout, x):
    return leaky_relu_backward(dout, x, slope=0.0)


def leaky_relu(x, slope=0.1):
    return np.maximum(x, slope * x)


def leaky_relu_backward(dout, x, slope=0.1):
    active = (x > 0).astype(float)
    return dout * active + slope * dout * (1 - active)
