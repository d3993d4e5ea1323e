"""You take one mean and one variance for everything. Every channel has its own: average over all
axes but the last.
"""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    if mean is None:
        mean, variance = s.mean(), s.var()
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * s + (1 - p) * alpha * s
