"""Your slope of ReLU at exactly 0 is 1. The convention here is that of the left side: use x > 0,
not x >= 0.
"""

FAILS = ("rectifiers",)


def relu_backward(dout, x):
    return dout * (x >= 0)
