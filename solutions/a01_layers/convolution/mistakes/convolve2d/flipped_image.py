"""You flipped the image in place of the kernel. The values are right, but your map comes out
turned by 180°; flip the kernel and leave the image as it is.
"""

FAILS = ("convolve2d",)


def convolve2d(image, kernel):
    return correlate2d(image[::-1, ::-1], kernel)
