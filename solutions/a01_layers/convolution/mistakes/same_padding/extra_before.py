"""You put the extra zero before the first pixel. TensorFlow puts it after the last one: before
gets P // 2, after gets the rest.
"""

FAILS = ("same_padding",)


def same_padding(width, kernel, stride=1):
    places = -(-width // stride)
    total = max((places - 1) * stride + kernel - width, 0)
    return total - total // 2, total // 2
