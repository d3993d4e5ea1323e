"""Your crops at the bottom and on the right end one pixel too early. The last place is H - size,
since the crop ends before row H.
"""

import numpy as np

FAILS = ("ten_crop",)


def ten_crop(image, size):
    height, width = image.shape[:2]
    bottom, right = max(height - size - 1, 0), max(width - size - 1, 0)
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    crops = np.stack([image[top : top + size, left : left + size] for top, left in corners])
    return np.concatenate([crops, crops[:, :, ::-1]])
