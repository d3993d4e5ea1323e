"""For each channel the residual of a straight line through the gradients."""

import numpy as np


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    dx = np.zeros_like(dout)
    dgamma, dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
    for c in range(len(gamma)):
        gradient, values = dout[..., c], x_hat[..., c]
        residual = gradient - np.mean(gradient) - np.mean(gradient * values) * values
        dx[..., c] = gamma[c] * inverse_deviation[c] * residual
        dgamma[c] = np.sum(gradient * values)
        dbeta[c] = np.sum(gradient)
    return dx, dgamma, dbeta
