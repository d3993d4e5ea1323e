"""You count a window that begins outside the image and sees no pixel at all. When the stride is
larger than the kernel, check that the last window begins before pixel `width`.
"""

FAILS = ("pooled_size", "window_spans")


def pooled_size(width, kernel, stride, ceil=False):
    if ceil:
        return -(-(width - kernel) // stride) + 1
    return (width - kernel) // stride + 1
