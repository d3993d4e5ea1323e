"""An array of zeros into which the images are written."""

import numpy as np


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    batch, height, width, channels = x.shape
    result = np.zeros((batch, top + height + bottom, left + width + right, channels), x.dtype)
    result[:, top : top + height, left : left + width] = x
    return result
