"""alpha stands on the wrong side. Where p is near 1, to the right, s passes unchanged; alpha
multiplies the part with 1 - p.
"""

import numpy as np

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * alpha * s + (1 - p) * s
