"""You took the first number for the left and the second for the top. The order is top, left, flip."""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        top = int(uniform[index][1] * (height - size + 1))
        left = int(uniform[index][0] * (width - size + 1))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[:, ::-1] if uniform[index][2] < 0.5 else crop
    return crops
