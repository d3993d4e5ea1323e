"""You sum over the batch alone. For images the sums run over height and width too: over every
axis but the last.
"""

import numpy as np

FAILS = ("batchnorm_backward",)


def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = 0
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=tuple(range(x.ndim - 1)))
    s = 1 / np.sqrt(x.var(axis=tuple(range(x.ndim - 1))) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta
