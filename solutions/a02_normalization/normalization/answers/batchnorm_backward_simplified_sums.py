"""With sums, and one division by m at the end."""

import numpy as np


def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    rows, hats = dout.reshape(-1, len(gamma)), x_hat.reshape(-1, len(gamma))
    m = len(rows)
    dbeta, dgamma = rows.sum(axis=0), np.einsum("mc,mc->c", rows, hats)
    dx = gamma * inverse_deviation / m * (m * rows - dbeta - hats * dgamma)
    return dx.reshape(x_hat.shape), dgamma, dbeta
