"""You take the mean of the two gradients. z is used twice, and both uses count in full: add them."""

FAILS = ("residual_gradients",)


def residual_backward(dout, branch):
    dbranch, weight_gradients = branch.backward(dout)
    return (dout + dbranch) / 2, weight_gradients
