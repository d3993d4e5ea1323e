"""Your groups are interleaved: channels 0, G, 2G and so on. A group is a run of neighbouring
channels, so after the reshape the group axis comes before the axis of the channels within it.
"""

import numpy as np

FAILS = ("group_norm",)


def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, height, width, channels // groups, groups)
    mean = grouped.mean(axis=(1, 2, 3), keepdims=True)
    variance = grouped.var(axis=(1, 2, 3), keepdims=True)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
