"""One crop after another into a prepared array."""

import numpy as np


def ten_crop(image, size):
    height, width, channels = image.shape
    result = np.zeros((10, size, size, channels), image.dtype)
    tops = (0, 0, height - size, height - size, (height - size) // 2)
    lefts = (0, width - size, 0, width - size, (width - size) // 2)
    for number in range(10):
        top, left = tops[number % 5], lefts[number % 5]
        for row in range(size):
            for column in range(size):
                source = left + column if number < 5 else left + size - 1 - column
                result[number, row, column] = image[top + row, source]
    return result
