"""Your border is always 2 pixels wide. Use `margin`."""

FAILS = ("prepare_images",)

import numpy as np


def prepare_images(images, margin=2):
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))
