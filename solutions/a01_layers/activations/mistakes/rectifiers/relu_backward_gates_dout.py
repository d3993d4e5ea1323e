"""You let the positive entries of dout through. What opens the gate is the sign of the input x,
not that of the gradient.
"""

FAILS = ("rectifiers",)


def relu_backward(dout, x):
    return dout * (dout > 0)
