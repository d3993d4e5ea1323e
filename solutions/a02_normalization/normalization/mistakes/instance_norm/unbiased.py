"""You divide the variance by H · W - 1. Divide by H · W."""

import numpy as np

FAILS = ("instance_norm",)


def instance_norm(x, gamma, beta, epsilon=1e-3):
    axes = (1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True, ddof=1)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
