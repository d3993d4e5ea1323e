"""You padded the width with the pair for the height and the other way round. The first pair,
(top, bottom), belongs to axis 1, the second to axis 2.
"""

import numpy as np

FAILS = ("pad2d",)


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (left, right), (top, bottom), (0, 0)))
