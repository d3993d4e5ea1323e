"""Your slope is 1 - tanh(x). The tanh must be squared: 1 - tanh(x) ** 2 is 1 at zero and small
on both sides.
"""

FAILS = ("sigmoid_and_tanh",)


def tanh_backward(dout, x):
    return dout * (1 - tanh(x))
