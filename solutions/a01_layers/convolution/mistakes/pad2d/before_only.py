"""Your padding puts zeros at the top and on the left only. The bottom and the right get their
share too: each axis has a pair (before, after).
"""

import numpy as np

FAILS = ("pad2d", "conv2d_forward")


def pad2d(x, padding):
    (top, _), (left, _) = padding
    return np.pad(x, ((0, 0), (top, 0), (left, 0), (0, 0)))
