"""You put each mirror image next to its crop. The order is the five crops first, then the five
mirror images.
"""

import numpy as np

FAILS = ("ten_crop",)


def ten_crop(image, size):
    height, width = image.shape[:2]
    bottom, right = height - size, width - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    crops = np.stack([image[top : top + size, left : left + size] for top, left in corners])
    return np.stack([view for crop in crops for view in (crop, crop[:, ::-1])])
