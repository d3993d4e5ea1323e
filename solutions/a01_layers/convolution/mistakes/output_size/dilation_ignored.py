"""You do not use `dilation` in `output_size`. The taps lie D pixels apart, so replace K by the
D * (K - 1) + 1 pixels that the kernel covers.
"""

FAILS = ("output_size",)


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    return (width + 2 * padding - kernel) // stride + 1
