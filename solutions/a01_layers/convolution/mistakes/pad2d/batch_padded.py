"""Your padding works on axes 0 and 1, batch and height. Images stand as (batch, height, width,
channels): pad axes 1 and 2.
"""

import numpy as np

FAILS = ("pad2d", "conv2d_forward")


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    return np.pad(x, ((top, bottom), (left, right), (0, 0), (0, 0)))
