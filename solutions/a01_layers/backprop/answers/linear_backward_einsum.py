"""The three formulas, index for index."""

import numpy as np


def linear_backward(dout, x, w):
    dx = np.einsum("bk,jk->bj", dout, w)
    dw = np.einsum("bj,bk->jk", x, dout)
    return dx, dw, np.einsum("bk->k", dout)
