"""One filter after the other."""

import numpy as np


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    folded_kernel, folded_bias = kernel.copy(), bias.copy()
    for unit in range(len(bias)):
        deviation = np.sqrt(moving_variance[unit] + epsilon)
        folded_kernel[..., unit] *= gamma[unit] / deviation
        folded_bias[unit] = gamma[unit] * (bias[unit] - moving_mean[unit]) / deviation + beta[unit]
    return folded_kernel, folded_bias
