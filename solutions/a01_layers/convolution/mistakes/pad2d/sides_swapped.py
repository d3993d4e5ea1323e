"""You swapped before and after: the zeros meant for the top are at the bottom, those for the
left on the right. Each pair is (before, after).
"""

import numpy as np

FAILS = ("pad2d",)


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (bottom, top), (right, left), (0, 0)))
