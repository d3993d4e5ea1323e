"""Your ink is 1.075. From -0.1 to 1.175 the values span 1.275, so that is the factor."""

FAILS = ("prepare_images",)

import numpy as np


def prepare_images(images, margin=2):
    return -0.1 + 1.175 * np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
