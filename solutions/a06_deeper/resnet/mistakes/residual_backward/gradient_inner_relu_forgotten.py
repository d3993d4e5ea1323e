"""The gradient passes your inner ReLU everywhere. Multiply it by 1 where `x @ w1` is positive
and by 0 elsewhere before it goes on to w1 and x."""

import numpy as np

FAILS = ("residual_backward",)


def residual_backward(dout, x, w1, w2):
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout * (hidden @ w2 + x > 0)
    dbefore = dsum @ w2.T
    return (dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum)
