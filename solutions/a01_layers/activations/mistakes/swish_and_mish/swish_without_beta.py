"""You do not use beta. Swish is x * sigmoid(beta * x)."""

FAILS = ("swish_and_mish",)


def swish(x, beta=1.0):
    return x * sigmoid(x)
