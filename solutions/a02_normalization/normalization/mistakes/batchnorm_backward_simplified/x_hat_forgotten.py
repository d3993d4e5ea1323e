"""The third term is a number for each feature: it lacks its x_hat. Multiply the mean of dout *
x_hat by x_hat again.
"""

import numpy as np

FAILS = ("batchnorm_backward_simplified",)


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    axes = tuple(range(x_hat.ndim - 1))
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count - dgamma / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
