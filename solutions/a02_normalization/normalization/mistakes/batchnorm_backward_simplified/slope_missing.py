"""The third term is missing: x_hat times the mean of dout * x_hat. It is what comes back
through the variance.
"""

import numpy as np

FAILS = ("batchnorm_backward_simplified",)


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    axes = tuple(range(x_hat.ndim - 1))
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
