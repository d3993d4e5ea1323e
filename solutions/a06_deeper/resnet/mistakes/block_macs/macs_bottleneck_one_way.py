"""You count one of the two 1 × 1 convolutions. Reducing from 4C to C and expanding from C to
4C cost 4 C² each."""

FAILS = ("block_macs",)


def block_macs(height, width, channels):
    square = height * width * channels**2
    return {"basic": 2 * 9 * square, "bottleneck": (4 + 9) * square}
