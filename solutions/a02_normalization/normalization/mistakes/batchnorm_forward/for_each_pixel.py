"""You average over the batch alone, so every pixel has statistics of its own. A channel's mean
is over the batch, the height and the width: over all axes but the last.
"""

import numpy as np

FAILS = ("batchnorm_forward",)


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    axes = 0
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance
