"""You let a dilated kernel cover D * K pixels. There are only K - 1 gaps of D pixels between K
taps, so it covers D * (K - 1) + 1.
"""

FAILS = ("output_size",)


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    return (width + 2 * padding - dilation * kernel) // stride + 1
