"""You multiply dout by the output of ReLU. The slope is 1 where x is positive, whatever its
size.
"""

FAILS = ("rectifiers",)


def relu_backward(dout, x):
    return dout * relu(x)
