"""You cut the frame off at the bottom and at the right only, which shifts `dx` by `padding`
pixels. Begin at row and column `padding`.
"""

import numpy as np

FAILS = ("conv_backward", "one_step")


def conv_backward(dout, x, w, stride=1, padding=0):
    _, height, width, _ = x.shape
    _, rows, columns, _ = dout.shape
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    dpadded, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for m, n in np.ndindex(w.shape[:2]):
        met = (
            slice(None),
            slice(m, m + stride * (rows - 1) + 1, stride),
            slice(n, n + stride * (columns - 1) + 1, stride),
        )
        dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))
        dpadded[met] += dout @ w[m, n].T
    dx = dpadded[:, :height, :width]
    return dx, dw, dout.sum(axis=(0, 1, 2))
