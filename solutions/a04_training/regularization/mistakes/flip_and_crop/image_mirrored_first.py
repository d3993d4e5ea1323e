"""You mirror the image before you crop it, so the crop comes from the other side of the picture.
Crop first, then mirror the crop.
"""

import numpy as np

FAILS = ("flip_and_crop",)


def flip_and_crop(images, size, uniform):
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels))
    for index in range(batch):
        image = images[index, :, ::-1] if uniform[index, 2] < 0.5 else images[index]
        top = int(uniform[index, 0] * (height - size + 1))
        left = int(uniform[index, 1] * (width - size + 1))
        crops[index] = image[top : top + size, left : left + size]
    return crops
