"""Your dx has only the way through the two layers. The input also reaches the sum directly, so
add the gradient of the sum to dx."""

import numpy as np

FAILS = ("residual_backward",)


def residual_backward(dout, x, w1, w2):
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout * (hidden @ w2 + x > 0)
    dbefore = dsum @ w2.T * (before > 0)
    return (dbefore @ w1.T, x.T @ dbefore, hidden.T @ dsum)
