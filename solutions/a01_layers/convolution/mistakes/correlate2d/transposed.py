"""You swapped rows and columns of the feature map. The first index belongs to the height, the
second to the width: write to feature_map[i, j].
"""

import numpy as np

FAILS = ("correlate2d",)


def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[j, i] = np.sum(window * kernel)
    return feature_map
