"""Your epsilon stands outside the root. Add it to the variance first."""

import numpy as np

FAILS = ("instance_norm",)


def instance_norm(x, gamma, beta, epsilon=1e-3):
    axes = (1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta
