"""You average the gradient of alpha. One alpha serves every value of its channel, so their
gradients are added up.
"""

import numpy as np

FAILS = ("dice",)


def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    training = mean is None
    if training:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    root = np.sqrt(variance + epsilon)
    normalised = (s - mean) / root
    p = sigmoid(normalised)
    dnormalised = dout * (1 - alpha) * s * p * (1 - p)
    if training:
        shared = (dnormalised * normalised).mean(axis=others)
        dnormalised = dnormalised - dnormalised.mean(axis=others) - normalised * shared
    ds = dout * (p + (1 - p) * alpha) + dnormalised / root
    return ds, (dout * (1 - p) * s).mean(axis=others)
