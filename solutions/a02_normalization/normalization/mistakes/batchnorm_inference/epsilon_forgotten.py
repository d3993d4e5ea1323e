"""You forgot epsilon. Training divides by sqrt(variance + epsilon), so inference must do it
too.
"""

import numpy as np

FAILS = ("batchnorm_inference",)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x_hat = (x - moving_mean) / np.sqrt(moving_variance)
    return gamma * x_hat + beta
