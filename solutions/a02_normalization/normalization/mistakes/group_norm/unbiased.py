"""You divide the variance by n - 1. Divide by n, the number of values in the group."""

import numpy as np

FAILS = ("group_norm",)


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True, ddof=1)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
