"""You return x_hat: scale and shift are missing. The output is gamma * x_hat + beta."""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = (x - mean) / np.sqrt(variance + epsilon)
    return y, mean, variance
