"""You start with `dout` itself, but the last ReLU stands after the addition. First set the
gradient to zero wherever the sum was not positive."""

import numpy as np

FAILS = ("residual_backward",)


def residual_backward(dout, x, w1, w2):
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout.copy()
    dbefore = dsum @ w2.T * (before > 0)
    return (dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum)
