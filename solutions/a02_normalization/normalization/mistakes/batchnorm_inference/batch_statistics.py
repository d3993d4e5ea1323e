"""You normalize with the statistics of the batch. At test time the moving ones are used, so
that an example does not depend on its neighbours.
"""

import numpy as np

FAILS = ("batchnorm_inference",)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    x_hat = (x - x.mean(axis=axes)) / np.sqrt(x.var(axis=axes) + epsilon)
    return gamma * x_hat + beta
