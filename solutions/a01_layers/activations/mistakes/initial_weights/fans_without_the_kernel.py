"""You count the channels only. One output of a convolution adds up every tap of the kernel:
multiply by its height and width.
"""

FAILS = ("initial_weights",)


def fans(shape):
    return shape[-2], shape[-1]
