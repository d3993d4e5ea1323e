"""Your epsilon stands outside the root. Add it to the moving variance first and take the root
of the sum.
"""

import numpy as np

FAILS = ("batchnorm_inference",)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x_hat = (x - moving_mean) / (np.sqrt(moving_variance) + epsilon)
    return gamma * x_hat + beta
