"""You count one convolution of the basic block. It has two of 3 × 3, with 9 C² for every pixel
each."""

FAILS = ("block_macs",)


def block_macs(height, width, channels):
    square = height * width * channels**2
    return {"basic": 9 * square, "bottleneck": (4 + 9 + 4) * square}
