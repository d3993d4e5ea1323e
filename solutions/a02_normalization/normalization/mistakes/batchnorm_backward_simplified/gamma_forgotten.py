"""You forgot gamma in dx. The whole bracket is multiplied by gamma and by the inverse
deviation.
"""

import numpy as np

FAILS = ("batchnorm_backward_simplified",)


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    axes = tuple(range(x_hat.ndim - 1))
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count - x_hat * dgamma / count
    return inverse_deviation * inside, dgamma, dbeta
