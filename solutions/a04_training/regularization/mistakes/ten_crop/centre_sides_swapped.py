"""Your centre crop has its top and its left swapped. The top comes from the height, the left from
the width.
"""

import numpy as np

FAILS = ("ten_crop",)


def ten_crop(image, size):
    bottom, right = image.shape[0] - size, image.shape[1] - size
    top, left = min(right // 2, bottom), min(bottom // 2, right)
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (top, left)]
    crops = np.stack([image[top : top + size, left : left + size] for top, left in corners])
    return np.concatenate([crops, crops[:, :, ::-1]])
