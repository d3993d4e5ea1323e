"""A list of crops, with floor and flip."""

import math

import numpy as np


def flip_and_crop(images, size, uniform):
    rows, columns = images.shape[1] - size + 1, images.shape[2] - size + 1
    crops = []
    for image, (u, v, w) in zip(images, uniform, strict=True):
        top, left = math.floor(u * rows), math.floor(v * columns)
        crop = image[top : top + size, left : left + size, :]
        crops.append(np.fliplr(crop) if w < 0.5 else crop)
    return np.array(crops)
