"""You reshape as if the channels stood first, so each row of your matrix holds values of different
pixels. Here they stand last: `x.reshape(-1, channels)`.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    batch, height, width, channels = x.shape
    pixels = x.reshape(batch, channels, height * width).transpose(0, 2, 1)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)
