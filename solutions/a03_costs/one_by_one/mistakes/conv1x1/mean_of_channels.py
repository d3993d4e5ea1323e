"""You divide by the number of channels. A filter adds its weighted channels up; it does not
average them.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    return x @ kernel[0, 0] / x.shape[-1] + bias
