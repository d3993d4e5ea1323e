"""The exponential is taken of the negative values alone."""

import numpy as np


def elu(x, alpha=1.0):
    y = x.astype(float)
    left = x <= 0
    y[left] = alpha * (np.exp(x[left]) - 1)
    return y


def elu_backward(dout, x, alpha=1.0):
    slopes = np.ones(x.shape)
    slopes[x <= 0] = alpha * np.exp(x[x <= 0])
    return dout * slopes


def selu(x):
    left = SELU_SCALE * SELU_ALPHA * (np.exp(np.minimum(x, 0)) - 1)
    return np.where(x > 0, SELU_SCALE * x, left)


def selu_backward(dout, x):
    left = SELU_SCALE * SELU_ALPHA * np.exp(np.minimum(x, 0))
    return np.where(x > 0, SELU_SCALE, left) * dout
