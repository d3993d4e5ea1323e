"""You multiply with the transposed matrix of weights. `kernel[0, 0]` has one row for each input
channel and one column for each filter, which is what `pixels @ weights` needs.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0].T + bias).reshape(batch, height, width, -1)
