"""You add the old bias as it was. It goes through the normalization too: (b - mean) * scale +
beta.
"""

import numpy as np

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel * scale, beta + bias - moving_mean * scale
