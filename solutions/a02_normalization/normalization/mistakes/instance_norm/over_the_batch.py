"""That is batch normalization: your mean is over the images too. Each image has its own mean
for each channel, over height and width alone.
"""

import numpy as np

FAILS = ("instance_norm",)


def instance_norm(x, gamma, beta, epsilon=1e-3):
    axes = (0, 1, 2)
    mean = np.mean(x, axis=axes, keepdims=True)
    variance = np.var(x, axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
