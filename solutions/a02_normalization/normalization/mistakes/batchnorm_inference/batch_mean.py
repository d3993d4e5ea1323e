"""You subtract the mean of the batch and divide by the moving deviation. Both statistics are
the moving ones.
"""

import numpy as np

FAILS = ("batchnorm_inference",)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x_hat = (x - x.mean(axis=tuple(range(x.ndim - 1)))) / np.sqrt(moving_variance + epsilon)
    return gamma * x_hat + beta
