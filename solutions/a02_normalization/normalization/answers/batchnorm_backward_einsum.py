"""Sums written with einsum; dx from the closed form."""

import numpy as np


def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim))[:-1]
    s = (np.var(x, axis=axes) + epsilon) ** -0.5
    x_hat = (x - np.mean(x, axis=axes)) * s
    letters = "nhw"[: x.ndim - 1] + "c"
    dgamma = np.einsum(f"{letters},{letters}->c", dout, x_hat)
    dbeta = np.einsum(f"{letters}->c", dout)
    count = dout.size / dout.shape[-1]
    dx = gamma * s * (dout - dbeta / count - x_hat * dgamma / count)
    return dout * gamma, -gamma * dgamma * s**2 / 2, -gamma * dbeta * s, dx, dgamma, dbeta
