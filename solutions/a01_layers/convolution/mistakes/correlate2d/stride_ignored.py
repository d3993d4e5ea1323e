"""You move the window by one pixel whatever `stride` says. Let it start at row i * stride and
column j * stride, and count the windows with the stride too.
"""

import numpy as np

FAILS = ("correlate2d",)


def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // 1 + 1
    columns = (image.shape[1] - kernel_width) // 1 + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i, j
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel)
    return feature_map
