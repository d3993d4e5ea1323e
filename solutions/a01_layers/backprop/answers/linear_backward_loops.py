"""Loops over examples and outputs."""

import numpy as np


def linear_backward(dout, x, w):
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for example in range(len(x)):
        for k in range(w.shape[1]):
            g = dout[example, k]
            dx[example] += g * w[:, k]
            dw[:, k] += g * x[example]
            db[k] += g
    return dx, dw, db
