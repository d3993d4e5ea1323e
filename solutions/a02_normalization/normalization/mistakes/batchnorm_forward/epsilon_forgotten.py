"""You forgot epsilon. Without it a feature that hardly varies is divided by nearly zero: divide
by sqrt(variance + epsilon).
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance) + beta
    return y, mean, variance
