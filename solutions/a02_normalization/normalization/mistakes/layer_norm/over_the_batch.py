"""That is batch normalization: your mean is over the batch. Layer normalization looks at one
example at a time, so average over every axis but the first.
"""

import numpy as np

FAILS = ("layer_norm",)


def layer_norm(x, gamma, beta, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
