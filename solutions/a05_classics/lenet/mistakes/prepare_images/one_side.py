"""Your border is only below and on the right. `margin` pixels belong on every side, so that the
digit stays in the middle.
"""

FAILS = ("prepare_images",)

import numpy as np


def prepare_images(images, margin=2):
    return -0.1 + 1.275 * np.pad(images, ((0, 0), (0, 2 * margin), (0, 2 * margin), (0, 0)))
