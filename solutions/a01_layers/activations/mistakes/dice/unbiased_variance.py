"""You divide by one less than the number of values in the variance. As in batch normalisation
the batch variance divides by the number of values.
"""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others, ddof=1)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * s + (1 - p) * alpha * s
