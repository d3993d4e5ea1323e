"""The chain rule is missing in the second term of Swish. The slope of sigmoid(beta * x) has a
factor beta.
"""

FAILS = ("swish_and_mish",)


def swish_backward(dout, x, beta=1.0):
    gate = sigmoid(beta * x)
    return dout * (gate + x * gate * (1 - gate))
