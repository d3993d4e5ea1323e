"""You round to the nearest place. Then the first and the last one come half as often as the
others; round u * (H - size + 1) down instead.
"""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        top = round(uniform[index][0] * (height - size))
        left = round(uniform[index][1] * (width - size))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[:, ::-1] if uniform[index][2] < 0.5 else crop
    return crops
