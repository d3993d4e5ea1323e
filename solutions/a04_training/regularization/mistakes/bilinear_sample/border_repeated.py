"""You repeat the pixels of the rim beyond the image. Neighbours outside of the image count as 0."""

import numpy as np

FAILS = ("bilinear_sample",)


def bilinear_sample(image, rows, columns):
    height, width, channels = image.shape
    above, before = np.floor(rows).astype(int), np.floor(columns).astype(int)
    colours = np.zeros((*rows.shape, channels))
    for i in (above, above + 1):
        for j in (before, before + 1):
            weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
            pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
            colours += weight[..., np.newaxis] * pixels
    return colours
