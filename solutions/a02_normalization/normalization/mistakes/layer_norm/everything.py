"""You have one mean for the whole batch. Every example has its own."""

import numpy as np

FAILS = ("layer_norm",)


def layer_norm(x, gamma, beta, epsilon=1e-3):
    axes = None
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
