"""You take the mean of `dout` over the batch for `db`. The gradient adds up what each example
contributes; the division by the batch size belongs to the loss and is done there already.
"""

FAILS = ("linear_backward", "one_step")


def linear_backward(dout, x, w):
    return dout @ w.T, x.T @ dout, dout.mean(axis=0)
