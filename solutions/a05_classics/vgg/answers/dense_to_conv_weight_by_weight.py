"""Each weight put in its place."""

import numpy as np


def dense_to_conv(kernel, map_size):
    height, width = map_size
    lines, units = kernel.shape
    channels = lines // (height * width)
    result = np.zeros((height, width, channels, units), dtype=kernel.dtype)
    for line in range(lines):
        pixel, c = divmod(line, channels)
        i, j = divmod(pixel, width)
        result[i, j, c] = kernel[line]
    return result
