"""You return the matrix of all pixels. Give it the shape of an image again: `(batch, height,
width, filters)`.
"""

FAILS = ("conv1x1",)


def conv1x1(x, kernel, bias):
    return x.reshape(-1, x.shape[-1]) @ kernel[0, 0] + bias
