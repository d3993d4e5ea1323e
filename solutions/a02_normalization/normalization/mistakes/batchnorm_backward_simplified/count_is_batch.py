"""You divide by the batch size. For images a mean is over N · H · W values."""

import numpy as np

FAILS = ("batchnorm_backward_simplified",)


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    axes = tuple(range(x_hat.ndim - 1))
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = len(x_hat)
    inside = dout - dbeta / count - x_hat * dgamma / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
