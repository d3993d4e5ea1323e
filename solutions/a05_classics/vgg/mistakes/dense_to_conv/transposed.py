"""You transpose the dense kernel first. Its lines are inputs already, as the convolution wants
them.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.T.reshape(height, width, channels, -1)
