"""You have one mean for everything. Each feature or channel needs its own: average over all
axes but the last.
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    mean = np.full(x.shape[-1], np.mean(x))
    variance = np.full(x.shape[-1], np.var(x))
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance
