"""You reshape with the units in front. In the dense kernel they are the last axis, and stay
the last one.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(-1, height, width, channels).transpose(1, 2, 3, 0)
