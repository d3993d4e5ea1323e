"""Your slope jumps from 0 to 1, which is that of ReLU. The slope of softplus is the sigmoid of
x.
"""

FAILS = ("softplus",)


def softplus_backward(dout, x):
    return dout * (x > 0)
