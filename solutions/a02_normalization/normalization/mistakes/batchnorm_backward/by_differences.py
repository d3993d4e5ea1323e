"""You let `numerical_gradient` do the work. Write the steps back through the graph yourself."""

import numpy as np

FAILS = ("batchnorm_backward",)
HINT = None


def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    def forward(x, gamma, beta):
        return batchnorm_forward(x, gamma, beta, epsilon)[0]

    _, mean, variance = batchnorm_forward(x, gamma, 0 * gamma, epsilon)
    deviation = np.sqrt(variance + epsilon)
    axes = tuple(range(x.ndim - 1))
    dvariance = -np.sum(dout * gamma * (x - mean), axis=axes) / (2 * deviation**3)
    dmean = -np.sum(dout * gamma, axis=axes) / deviation
    dx = gradients.numerical_gradient(lambda x: forward(x, gamma, 0 * gamma), x, dout)
    dgamma = gradients.numerical_gradient(lambda gamma: forward(x, gamma, 0 * gamma), gamma, dout)
    return dout * gamma, dvariance, dmean, dx, dgamma, np.sum(dout, axis=axes)
