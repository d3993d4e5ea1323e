"""You add epsilon outside the root. The slide adds it to the variance, below the root."""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / (np.sqrt(variance) + epsilon))
    return p * s + (1 - p) * alpha * s
