"""Your padding repeats the border pixels (mode="edge"). Zero padding puts zeros there, which is
the default mode of np.pad.
"""

import numpy as np

FAILS = ("pad2d", "conv2d_forward")


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    return np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), mode="edge")
