"""You divide the variance by N - 1. Batch normalization divides by N: use `np.var(x)` as it is,
without `ddof=1`.
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes, ddof=1)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance
