"""All pixels as rows of one matrix, then the formula for fully connected layers."""

import numpy as np


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    rows = x.reshape(-1, x.shape[-1])
    mean = rows.sum(axis=0) / len(rows)
    variance = (rows**2).sum(axis=0) / len(rows) - mean**2
    x_hat = (rows - mean) * (np.maximum(variance, 0) + epsilon) ** -0.5
    return (x_hat * gamma + beta).reshape(x.shape), mean, np.maximum(variance, 0)
