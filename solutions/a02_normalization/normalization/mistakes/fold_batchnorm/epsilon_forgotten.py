"""You forgot epsilon. The layer divided by sqrt(variance + epsilon), so the folded one must
too.
"""

import numpy as np

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance)
    return kernel * scale, beta + (bias - moving_mean) * scale
