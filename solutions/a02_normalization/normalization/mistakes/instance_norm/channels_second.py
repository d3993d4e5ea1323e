"""You average over axes 2 and 3, as if the channels came second. Here the order is (batch,
height, width, channels): average over axes 1 and 2.
"""

import numpy as np

FAILS = ("instance_norm",)


def instance_norm(x, gamma, beta, epsilon=1e-3):
    axes = (2, 3)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
