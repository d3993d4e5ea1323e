"""You pad (K - 1) // 2 on both sides, as the papers and PyTorch do. TensorFlow works out the
total P from width and stride first, and an odd P does not split evenly.
"""

FAILS = ("same_padding",)


def same_padding(width, kernel, stride=1):
    return (kernel - 1) // 2, (kernel - 1) // 2
