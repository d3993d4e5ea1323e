"""You return the slope itself, 1 or 0, and forget the gradient that comes from behind. Multiply
the slope by `dout`.
"""

FAILS = ("relu_backward", "one_step")


def relu_backward(dout, x):
    return (x > 0).astype(float)
