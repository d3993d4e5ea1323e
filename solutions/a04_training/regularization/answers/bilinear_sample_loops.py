"""Place by place."""

import numpy as np


def bilinear_sample(image, rows, columns):
    height, width, channels = image.shape
    colours = np.zeros((*rows.shape, channels))
    for index in np.ndindex(rows.shape):
        r, c = rows[index], columns[index]
        i, j = int(np.floor(r)), int(np.floor(c))
        for row, share in ((i, i + 1 - r), (i + 1, r - i)):
            for column, part in ((j, j + 1 - c), (j + 1, c - j)):
                if 0 <= row < height and 0 <= column < width:
                    colours[index] += share * part * image[row, column]
    return colours
