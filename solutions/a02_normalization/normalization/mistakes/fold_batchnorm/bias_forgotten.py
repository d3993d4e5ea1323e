"""You forgot the layer's own bias. The normalization sees W x + b, so the new bias is (b -
mean) * scale + beta.
"""

import numpy as np

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel * scale, beta + (-moving_mean) * scale
