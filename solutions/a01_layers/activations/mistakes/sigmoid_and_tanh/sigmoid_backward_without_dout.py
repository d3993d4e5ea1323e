"""You return the slope of the sigmoid alone. Multiply it by dout, the gradient that arrives from
above.
"""

FAILS = ("sigmoid_and_tanh",)


def sigmoid_backward(dout, x):
    y = sigmoid(x)
    return y * (1 - y)
