"""You cut off the decimals with `int`, which rounds negative numbers up: -0.4 becomes 0. Use
`np.floor`, so that the neighbours of -0.4 are -1 and 0.
"""

import numpy as np

FAILS = ("bilinear_sample",)


def bilinear_sample(image, rows, columns):
    height, width, channels = image.shape
    above, before = rows.astype(int), columns.astype(int)
    colours = np.zeros((*rows.shape, channels))
    for i in (above, above + 1):
        for j in (before, before + 1):
            weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
            weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
            pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
            colours += weight[..., np.newaxis] * pixels
    return colours
