"""Example by example, through the graph step by step."""

import numpy as np


def layer_norm_backward(dout, x, gamma, epsilon=1e-3):
    dx, dgamma, dbeta = np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)
    for i, (example, upstream) in enumerate(zip(x, dout, strict=True)):
        centred = example - example.mean()
        s = 1 / np.sqrt(np.mean(centred**2) + epsilon)
        last = upstream.shape[-1]
        dgamma += (upstream * centred * s).reshape(-1, last).sum(axis=0)
        dbeta += upstream.reshape(-1, last).sum(axis=0)
        dx_hat = upstream * gamma
        dvariance = -0.5 * s**3 * np.sum(dx_hat * centred)
        dmean = -s * np.sum(dx_hat)
        dx[i] = dx_hat * s + (2 * dvariance * centred + dmean) / example.size
    return dx, dgamma, dbeta
