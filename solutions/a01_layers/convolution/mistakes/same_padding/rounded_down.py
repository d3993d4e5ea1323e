"""You round W / S down. With `same` the output has W / S values rounded up, `-(-width //
stride)`, so that every pixel is met.
"""

FAILS = ("same_padding",)


def same_padding(width, kernel, stride=1):
    places = width // stride
    total = max((places - 1) * stride + kernel - width, 0)
    return total // 2, total - total // 2
