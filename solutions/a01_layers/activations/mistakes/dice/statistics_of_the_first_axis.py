"""You average over the first axis only. In images the mean and the variance of a channel run
over height and width too.
"""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    if mean is None:
        mean, variance = s.mean(axis=0), s.var(axis=0)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * s + (1 - p) * alpha * s
