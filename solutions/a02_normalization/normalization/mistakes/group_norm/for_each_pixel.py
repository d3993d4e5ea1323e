"""Your statistics are over a group's channels alone, one for each pixel. They are over height
and width too.
"""

import numpy as np

FAILS = ("group_norm",)


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=4, keepdims=True)
    variance = grouped.var(axis=4, keepdims=True)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
