"""You take the colour of the nearest pixel. Mix the four neighbours, each with the weight (1 - |r
- i|) * (1 - |c - j|).
"""

import numpy as np

FAILS = ("bilinear_sample",)


def bilinear_sample(image, rows, columns):
    height, width, _ = image.shape
    i, j = np.rint(rows).astype(int), np.rint(columns).astype(int)
    inside = (i >= 0) & (i < height) & (j >= 0) & (j < width)
    pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
    return pixels * inside[..., np.newaxis]
