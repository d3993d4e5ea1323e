"""Your `dw` is transposed: it has (outputs, inputs), and `w` has (inputs, outputs). Write x.T @
dout, with the inputs first.
"""

FAILS = ("linear_backward", "one_step")


def linear_backward(dout, x, w):
    return dout @ w.T, dout.T @ x, dout.sum(axis=0)
