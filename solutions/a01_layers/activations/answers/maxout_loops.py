"""Maxout with loops over examples, units and pieces."""

import numpy as np


def maxout(x, w, b):
    y = np.zeros((len(x), w.shape[2]))
    for n in range(len(x)):
        for u in range(w.shape[2]):
            y[n, u] = max(x[n] @ w[k, :, u] + b[k, u] for k in range(len(w)))
    return y


def maxout_backward(dout, x, w, b):
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n in range(len(x)):
        for u in range(w.shape[2]):
            k = int(np.argmax([x[n] @ w[k, :, u] + b[k, u] for k in range(len(w))]))
            dx[n] += dout[n, u] * w[k, :, u]
            dw[k, :, u] += dout[n, u] * x[n]
            db[k, u] += dout[n, u]
    return dx, dw, db
