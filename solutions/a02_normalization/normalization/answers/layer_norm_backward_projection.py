"""dx as what is left of the gradient when a straight line in x_hat has been taken out of it."""

import numpy as np


def layer_norm_backward(dout, x, gamma, epsilon=1e-3):
    rows = x.reshape(len(x), -1)
    g = (dout * gamma).reshape(len(x), -1)
    s = (rows.var(axis=1) + epsilon) ** -0.5
    x_hat = (rows - rows.mean(axis=1)[:, None]) * s[:, None]
    slope = np.einsum("nd,nd->n", g, x_hat) / rows.shape[1]
    dx = s[:, None] * (g - g.mean(axis=1)[:, None] - slope[:, None] * x_hat)
    columns = dout.reshape(-1, x.shape[-1])
    dgamma = np.einsum("mc,mc->c", columns, x_hat.reshape(columns.shape))
    return dx.reshape(x.shape), dgamma, columns.sum(axis=0)
