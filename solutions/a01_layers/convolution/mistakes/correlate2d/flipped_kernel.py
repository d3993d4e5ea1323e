"""You turned the kernel by 180°. That is a convolution; the sliding window of the slides
multiplies the kernel as it is, so leave out the flip.
"""

import numpy as np

FAILS = ("correlate2d",)


def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel[::-1, ::-1])
    return feature_map
