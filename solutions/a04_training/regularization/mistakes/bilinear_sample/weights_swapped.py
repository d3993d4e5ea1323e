"""You give the far pixel the large weight and the near one the small. The weight is 1 minus the
distance.
"""

import numpy as np

FAILS = ("bilinear_sample",)


def bilinear_sample(image, rows, columns):
    height, width, channels = image.shape
    above, before = np.floor(rows).astype(int), np.floor(columns).astype(int)
    colours = np.zeros((*rows.shape, channels))
    for i in (above, above + 1):
        for j in (before, before + 1):
            weight = np.abs(rows - i) * np.abs(columns - j)
            weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
            pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
            colours += weight[..., np.newaxis] * pixels
    return colours
