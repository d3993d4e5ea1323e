"""A computational graph of small nodes, each with its own backward step."""

import numpy as np


def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    shape = x.shape
    dout, x = dout.reshape(-1, shape[-1]), x.reshape(-1, shape[-1])
    n = len(x)
    # Forward.
    mean = x.sum(axis=0) / n
    distance = x - mean
    square = distance**2
    variance = square.sum(axis=0) / n
    root = np.sqrt(variance + epsilon)
    inverse = 1 / root
    x_hat = distance * inverse
    # Backward, node by node.
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = gamma * dout
    dinverse = (dx_hat * distance).sum(axis=0)
    ddistance = dx_hat * inverse
    droot = -dinverse / root**2
    dvariance = droot / (2 * root)
    dsquare = np.ones_like(x) * dvariance / n
    ddistance += 2 * distance * dsquare
    dmean = -ddistance.sum(axis=0)
    dx = ddistance + np.ones_like(x) * dmean / n
    return dx_hat.reshape(shape), dvariance, dmean, dx.reshape(shape), dgamma, dbeta
