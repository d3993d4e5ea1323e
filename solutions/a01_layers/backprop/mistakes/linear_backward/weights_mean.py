"""You divide `dw` by the batch size. The mean over the batch is taken once, in the loss, and comes
with `dout`; here you only add.
"""

FAILS = ("linear_backward", "one_step")


def linear_backward(dout, x, w):
    return dout @ w.T, x.T @ dout / len(x), dout.sum(axis=0)
