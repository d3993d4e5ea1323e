"""Your epsilon stands outside the root. Add it to the variance first."""

import numpy as np

FAILS = ("layer_norm",)


def layer_norm(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(1, x.ndim))
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta
