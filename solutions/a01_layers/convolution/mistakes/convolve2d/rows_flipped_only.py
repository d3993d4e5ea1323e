"""You flipped the kernel upside down but not left to right. Both indices of k run backwards:
kernel[::-1, ::-1].
"""

FAILS = ("convolve2d",)


def convolve2d(image, kernel):
    return correlate2d(image, kernel[::-1])
