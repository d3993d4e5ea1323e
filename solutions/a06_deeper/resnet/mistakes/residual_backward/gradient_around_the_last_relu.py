"""Your shortcut carries `dout` itself to x, but the last ReLU stands after the addition and
gates both ways. Add the gradient of the sum instead."""

import numpy as np

FAILS = ("residual_backward",)


def residual_backward(dout, x, w1, w2):
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout * (hidden @ w2 + x > 0)
    dbefore = dsum @ w2.T * (before > 0)
    return (dbefore @ w1.T + dout, x.T @ dbefore, hidden.T @ dsum)
