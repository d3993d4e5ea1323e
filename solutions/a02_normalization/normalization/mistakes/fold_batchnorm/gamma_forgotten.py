"""You scale by 1 / sqrt(variance + epsilon) alone. gamma multiplies the kernel and the bias
too.
"""

import numpy as np

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = 1 / np.sqrt(moving_variance + epsilon)
    return kernel * scale, beta + (bias - moving_mean) * scale
