"""You divide the variance by n - 1. Divide by n, the number of values in the example."""

import numpy as np

FAILS = ("layer_norm",)


def layer_norm(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(1, x.ndim))
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True, ddof=1)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
