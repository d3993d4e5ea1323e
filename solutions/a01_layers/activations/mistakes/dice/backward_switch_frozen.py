"""You treat the switch p as a constant. It depends on s as well: the term with g is missing."""

import numpy as np

FAILS = ("dice",)


def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return dout * (p + (1 - p) * alpha), (dout * (1 - p) * s).sum(axis=others)
