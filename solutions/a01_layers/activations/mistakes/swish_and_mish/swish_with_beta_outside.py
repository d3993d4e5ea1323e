"""You multiply the result by beta. It belongs inside the sigmoid: x * sigmoid(beta * x)."""

FAILS = ("swish_and_mish",)


def swish(x, beta=1.0):
    return beta * x * sigmoid(x)
