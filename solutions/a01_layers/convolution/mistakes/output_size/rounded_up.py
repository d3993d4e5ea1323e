"""You round the number of windows up. The last window would then hang over the border of the
image; round down with `//`, so that only windows that fit are counted.
"""

import math

FAILS = ("output_size",)


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return math.ceil((width + 2 * padding - covered) / stride) + 1
