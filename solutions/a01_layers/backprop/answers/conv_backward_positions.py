"""A loop over the output positions, one window at a time."""

import numpy as np


def conv_backward(dout, x, w, stride=1, padding=0):
    kernel_height, kernel_width = w.shape[:2]
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    dpadded, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            rows = slice(i * stride, i * stride + kernel_height)
            columns = slice(j * stride, j * stride + kernel_width)
            g = dout[:, i, j]
            dw += np.einsum("bmnc,bf->mncf", padded[:, rows, columns], g)
            dpadded[:, rows, columns] += np.einsum("bf,mncf->bmnc", g, w)
    last_row, last_column = dpadded.shape[1] - padding, dpadded.shape[2] - padding
    return dpadded[:, padding:last_row, padding:last_column], dw, dout.sum(axis=(0, 1, 2))
