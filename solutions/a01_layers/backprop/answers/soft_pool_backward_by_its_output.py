"""The shares from the output of the forward pass: p = exp(β (x - z)) / K."""

import numpy as np


def soft_pool_backward(dout, x, size, stride, sharpness):
    height, width = size
    z = soft_pool_forward(x, size, stride, sharpness)
    dx = np.zeros(x.shape)
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            here = np.s_[:, i * stride : i * stride + height, j * stride : j * stride + width]
            shares = np.exp(sharpness * (x[here] - z[:, i : i + 1, j : j + 1])) / (height * width)
            dx[here] += shares * dout[:, i : i + 1, j : j + 1]
    return dx
