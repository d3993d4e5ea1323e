"""You turn the last five crops upside down. In (crops, height, width, channels) left and right are
the third axis.
"""

import numpy as np

FAILS = ("ten_crop",)


def ten_crop(image, size):
    height, width = image.shape[:2]
    bottom, right = height - size, width - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    crops = np.stack([image[top : top + size, left : left + size] for top, left in corners])
    return np.concatenate([crops, crops[:, ::-1]])
