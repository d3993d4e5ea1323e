"""One channel after the other."""

import math

import numpy as np


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    result = np.zeros_like(x)
    for c in range(x.shape[-1]):
        deviation = math.sqrt(moving_variance[c] + epsilon)
        result[..., c] = gamma[c] * (x[..., c] - moving_mean[c]) / deviation + beta[c]
    return result
