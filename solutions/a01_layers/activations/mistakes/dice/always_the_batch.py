"""You always use the mean and the variance of the batch. In inference those kept from training
are given: use them.
"""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * s + (1 - p) * alpha * s
