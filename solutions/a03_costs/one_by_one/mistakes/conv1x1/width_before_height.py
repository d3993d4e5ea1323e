"""You give the result back with height and width exchanged. The rows of the product are still in
the order batch, height, width: reshape to exactly that.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, width, height, -1)
