"""You scaled the input channels of the kernel. gamma belongs to the output channels, the last
axis of a Keras kernel.
"""

import numpy as np

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel * scale[:, np.newaxis], beta + (bias - moving_mean) * scale
