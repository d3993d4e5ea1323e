"""One channel of one image after the other."""

import numpy as np


def global_pool_backward(dout, x, kind):
    dx = np.zeros_like(x)
    for b in range(x.shape[0]):
        for c in range(x.shape[3]):
            image = x[b, :, :, c]
            if kind == "max":
                row, column = np.unravel_index(np.argmax(image), image.shape)
                dx[b, row, column, c] = dout[b, c]
            elif kind == "mean":
                dx[b, :, :, c] = dout[b, c] / image.size
            elif image.any():
                dx[b, :, :, c] = dout[b, c] * image / (np.linalg.norm(image) * image.size**0.5)
    return dx
