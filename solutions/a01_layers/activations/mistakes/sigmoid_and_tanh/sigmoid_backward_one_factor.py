"""Your slope is 1 - sigmoid(x). The factor sigmoid(x) is missing: the slope must be small on
both sides.
"""

FAILS = ("sigmoid_and_tanh",)


def sigmoid_backward(dout, x):
    return dout * (1 - sigmoid(x))
