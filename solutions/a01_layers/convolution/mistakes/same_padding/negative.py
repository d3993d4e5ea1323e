"""Your padding becomes negative when the stride is larger than the kernel. No zeros are needed
then: take the larger of P and 0.
"""

FAILS = ("same_padding",)


def same_padding(width, kernel, stride=1):
    places = -(-width // stride)
    total = (places - 1) * stride + kernel - width
    return total // 2, total - total // 2
