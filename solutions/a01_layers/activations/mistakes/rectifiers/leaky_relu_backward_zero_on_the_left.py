"""Your derivative of leaky ReLU is 0 on the negative side, as for plain ReLU. There the slope is
`slope`: that is what keeps a unit alive.
"""

FAILS = ("rectifiers",)


def leaky_relu_backward(dout, x, slope=0.1):
    return dout * (x > 0)
