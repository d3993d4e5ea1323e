"""The derivative of SELU lacks the scale 1.0507. A constant factor of a function is also one of
its derivative.
"""

FAILS = ("elu_and_selu",)


def selu_backward(dout, x):
    return elu_backward(dout, x, SELU_ALPHA)
