"""As matrix products: the windows as rows, their gradients scattered by their index."""

import numpy as np


def conv_backward(dout, x, w, stride=1, padding=0):
    frame = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    padded = np.pad(x, frame)
    filters = w.shape[3]
    numbers = np.arange(padded.size).reshape(padded.shape)
    rows = (
        windows(numbers, w.shape[:2], stride)
        .transpose(0, 1, 2, 4, 5, 3)
        .reshape(-1, w[..., 0].size)
    )
    g = dout.reshape(-1, filters)
    dw = (padded.ravel()[rows].T @ g).reshape(w.shape)
    dpadded = np.zeros(padded.size)
    np.add.at(dpadded, rows, g @ w.reshape(-1, filters).T)
    inside = np.pad(np.ones(x.shape, bool), frame).ravel()
    return dpadded[inside].reshape(x.shape), dw, g.sum(axis=0)
