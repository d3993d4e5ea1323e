"""You return the standard deviation as the third result. The variance is asked for, before the
root and without epsilon.
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, np.sqrt(variance)
