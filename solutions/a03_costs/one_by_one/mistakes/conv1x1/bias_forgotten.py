"""Your `conv1x1` does not add the bias. Each filter has one, and it is added to its whole map: `+
bias` after the product.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    return x @ kernel[0, 0]
