"""You make a kernel of 1 x 1 with all values as channels. The values lie on height x width
pixels: that is the kernel's size.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(1, 1, height * width * channels, -1)
