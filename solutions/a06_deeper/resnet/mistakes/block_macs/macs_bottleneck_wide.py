"""Your 3 × 3 convolution works on 4C channels. The first 1 × 1 has reduced them to C before: 9
C² for every pixel."""

FAILS = ("block_macs",)


def block_macs(height, width, channels):
    square = height * width * channels**2
    return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 * 16 + 4) * square}
