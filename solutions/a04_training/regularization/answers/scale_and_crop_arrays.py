"""Both directions at once, as an array."""

import numpy as np


def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    sides = np.array([height, width])
    short = low + np.floor(uniform[0] * (high + 1 - low))
    sides = np.rint(sides * short / sides.min()).astype(int)
    corner = np.floor(np.asarray(uniform[1:]) * (sides - size + 1)).astype(int)
    return np.concatenate([sides, corner])
