"""One sum over the channels, written as einsum."""

import numpy as np


def conv1x1(x, kernel, bias):
    return np.einsum("bijc,cf->bijf", x, kernel[0, 0]) + bias
