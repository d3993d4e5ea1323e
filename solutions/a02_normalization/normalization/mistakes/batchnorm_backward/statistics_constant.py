"""You treat mean and variance as constants. Both are computed from x, so two more terms flow
back to it: through the variance and through the mean.
"""

import numpy as np

FAILS = ("batchnorm_backward",)


def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta
