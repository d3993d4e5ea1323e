"""Your reshape puts the groups in front of height and width without moving the channels there,
so pixels and channels are mixed. Split the last axis in two and leave the others.
"""

import numpy as np

FAILS = ("group_norm",)


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, groups, height, width, channels // groups)
    mean = grouped.mean(axis=(2, 3, 4), keepdims=True)
    variance = grouped.var(axis=(2, 3, 4), keepdims=True)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
