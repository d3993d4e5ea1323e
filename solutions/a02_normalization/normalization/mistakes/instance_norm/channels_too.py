"""That is layer normalization: your mean is over the channels too. Each channel of an image has
its own.
"""

import numpy as np

FAILS = ("instance_norm",)


def instance_norm(x, gamma, beta, epsilon=1e-3):
    axes = (1, 2, 3)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
