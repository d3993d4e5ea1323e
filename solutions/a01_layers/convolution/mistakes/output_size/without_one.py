"""You count the steps of the window and forget where it started. Add 1 for the first window,
after the division.
"""

FAILS = ("output_size",)


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return (width + 2 * padding - covered) // stride
