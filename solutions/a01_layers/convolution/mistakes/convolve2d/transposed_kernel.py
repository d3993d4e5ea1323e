"""You transposed the kernel. A transpose mirrors it along its diagonal; a convolution turns it
by 180°, with kernel[::-1, ::-1].
"""

FAILS = ("convolve2d",)


def convolve2d(image, kernel):
    return correlate2d(image, kernel.T)
