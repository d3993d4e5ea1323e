"""Your db gives all pieces the whole of dout. The biases that lost did not move the output: use
the same mask as for dw.
"""

import numpy as np

FAILS = ("maxout",)


def maxout_backward(dout, x, w, b):
    pieces = np.stack([x @ w[k] + b[k] for k in range(len(w))])
    won = pieces == pieces.max(axis=0)
    dpieces = won * dout
    dx = sum(dpieces[k] @ w[k].T for k in range(len(w)))
    dw = np.stack([x.T @ dpieces[k] for k in range(len(w))])
    return dx, dw, np.stack([dout.sum(axis=0)] * len(w))
