"""You divide by the variance. Divide by its root, the standard deviation, or the output has not
the variance 1.
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / (variance + epsilon) + beta
    return y, mean, variance
