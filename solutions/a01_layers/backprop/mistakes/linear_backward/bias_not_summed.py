"""Your `db` still has a row for each example of the batch. All examples share one bias, so their
gradients are added: sum over axis 0.
"""

FAILS = ("linear_backward", "one_step")


def linear_backward(dout, x, w):
    return dout @ w.T, x.T @ dout, dout
