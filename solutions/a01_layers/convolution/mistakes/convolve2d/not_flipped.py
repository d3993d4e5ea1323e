"""You computed the correlation: your kernel is not flipped. Turn it by 180°, with kernel[::-1,
::-1], before you slide it.
"""

FAILS = ("convolve2d",)


def convolve2d(image, kernel):
    return correlate2d(image, kernel)
