"""Your statistics are over the channels alone, one for each pixel. Here all of an image's
height, width and channels share one mean.
"""

import numpy as np

FAILS = ("layer_norm",)


def layer_norm(x, gamma, beta, epsilon=1e-3):
    axes = -1
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
