"""You send the gradient to all pieces. The output is the largest one alone, so only the winner
of each unit and example gets a gradient.
"""

import numpy as np

FAILS = ("maxout",)


def maxout_backward(dout, x, w, b):
    dx = sum(dout @ w[k].T for k in range(len(w)))
    dw = np.stack([x.T @ dout for _ in w])
    db = np.stack([dout.sum(axis=0) for _ in w])
    return dx, dw, db
