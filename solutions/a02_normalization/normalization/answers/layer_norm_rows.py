"""Each example as a row."""

import numpy as np


def layer_norm(x, gamma, beta, epsilon=1e-3):
    rows = x.reshape(len(x), -1)
    rows = rows - rows.mean(axis=1)[:, np.newaxis]
    rows = rows / np.sqrt((rows**2).mean(axis=1) + epsilon)[:, np.newaxis]
    return rows.reshape(x.shape) * gamma + beta
