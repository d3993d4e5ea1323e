"""You treat x as if it were the output already. The formula is sigmoid(x) * (1 - sigmoid(x)), so
apply the sigmoid to x first.
"""

FAILS = ("sigmoid_and_tanh",)


def sigmoid_backward(dout, x):
    return dout * x * (1 - x)
