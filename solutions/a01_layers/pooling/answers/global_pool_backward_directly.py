"""The three formulas written down, without windows."""

import numpy as np


def global_pool_backward(dout, x, kind):
    batch, height, width, channels = x.shape
    if kind == "mean":
        return np.broadcast_to(dout[:, None, None, :] / (height * width), x.shape)
    if kind == "max":
        dx = np.zeros((batch, height * width, channels))
        first = x.reshape(dx.shape).argmax(axis=1)[:, None, :]
        np.put_along_axis(dx, first, dout[:, None, :], axis=1)
        return dx.reshape(x.shape)
    y = global_pool(x, "l2")
    factor = dout / np.where(y == 0, np.inf, y) / (height * width)
    return np.einsum("bc,bmnc->bmnc", factor, x)
