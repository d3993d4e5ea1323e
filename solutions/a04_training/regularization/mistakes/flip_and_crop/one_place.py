"""You crop and flip all images of the batch alike. Each image has its own row of random numbers."""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        top = int(uniform[0][0] * (height - size + 1))
        left = int(uniform[0][1] * (width - size + 1))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[:, ::-1] if uniform[0][2] < 0.5 else crop
    return crops
