"""Your crops never reach the last row and the last column. There are H - size + 1 places for the
top, from 0 to H - size.
"""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        top = int(uniform[index][0] * (height - size))
        left = int(uniform[index][1] * (width - size))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[:, ::-1] if uniform[index][2] < 0.5 else crop
    return crops
