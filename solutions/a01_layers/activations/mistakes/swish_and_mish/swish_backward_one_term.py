"""Your derivative of Swish has one term only. x itself has slope 1, and the sigmoid changes too:
add beta * x * s * (1 - s).
"""

FAILS = ("swish_and_mish",)


def swish_backward(dout, x, beta=1.0):
    return dout * sigmoid(beta * x)
