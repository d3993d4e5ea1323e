"""You read the lines column by column. Keras flattens row by row: the column is faster than
the row.
"""

FAILS = ("dense_to_conv",)


def dense_to_conv(kernel, map_size):
    height, width = map_size
    channels = kernel.shape[0] // (height * width)
    return kernel.reshape(width, height, channels, -1).transpose(1, 0, 2, 3)
