"""You count weights. Every weight is used once for every pixel: multiply by height and width."""

FAILS = ("block_macs",)


def block_macs(height, width, channels):
    square = channels**2
    return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square}
