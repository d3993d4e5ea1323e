"""NumPy multiplies the last axis of a batch of images with a matrix directly."""


def conv1x1(x, kernel, bias):
    return x @ kernel.squeeze((0, 1)) + bias
