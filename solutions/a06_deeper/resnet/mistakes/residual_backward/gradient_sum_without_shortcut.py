"""Your last ReLU is judged by the branch alone. Its input is the sum, `hidden @ w2 + x`: add x
before you ask what is positive."""

import numpy as np

FAILS = ("residual_backward",)


def residual_backward(dout, x, w1, w2):
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout * (hidden @ w2 > 0)
    dbefore = dsum @ w2.T * (before > 0)
    return (dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum)
