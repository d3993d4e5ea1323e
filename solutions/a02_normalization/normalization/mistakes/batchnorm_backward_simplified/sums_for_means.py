"""The bracket holds sums where it needs means. Divide both by the number of values, N or N · H
· W.
"""

import numpy as np

FAILS = ("batchnorm_backward_simplified",)


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    axes = tuple(range(x_hat.ndim - 1))
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    inside = dout - dbeta - x_hat * dgamma
    return gamma * inverse_deviation * inside, dgamma, dbeta
