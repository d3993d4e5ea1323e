"""You turn the kernel by 180 degrees. Keras' convolution does not mirror its kernel, so
neither need you.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(height, width, channels, -1)[::-1, ::-1]
