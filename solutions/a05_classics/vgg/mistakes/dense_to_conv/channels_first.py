"""You read the lines as channel by channel. Keras keeps all channels of a pixel together: the
channel is the fastest.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(channels, height, width, -1).transpose(1, 2, 0, 3)
