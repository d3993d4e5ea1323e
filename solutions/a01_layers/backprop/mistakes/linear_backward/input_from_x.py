"""Your `dx` is computed from `x`, but the slope of x w in x is w. Multiply `dout` by the
transposed weights: dout @ w.T.
"""

FAILS = ("linear_backward", "one_step")


def linear_backward(dout, x, w):
    dw = x.T @ dout
    return dout @ dw.T, dw, dout.sum(axis=0)
