"""You add the padding once. There are P zeros on each of the two sides, so the input becomes 2
* P wider.
"""

FAILS = ("output_size",)


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return (width + padding - covered) // stride + 1
