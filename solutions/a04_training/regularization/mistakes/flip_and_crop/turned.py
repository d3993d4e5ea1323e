"""You reverse rows and columns, which turns the picture by 180 degrees. A mirror image reverses
the columns only.
"""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        top = int(uniform[index][0] * (height - size + 1))
        left = int(uniform[index][1] * (width - size + 1))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[::-1, ::-1] if uniform[index][2] < 0.5 else crop
    return crops
