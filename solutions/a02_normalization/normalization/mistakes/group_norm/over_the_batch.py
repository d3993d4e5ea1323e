"""Your statistics are over the batch too. Group normalization looks at one image at a time:
leave axis 0 out of the mean.
"""

import numpy as np

FAILS = ("group_norm",)


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=(0, 1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(0, 1, 2, 4), keepdims=True)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
