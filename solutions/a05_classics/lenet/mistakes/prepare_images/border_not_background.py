"""Your border is 0, and the background of the digit is -0.1: the frame becomes visible. Add the
border before you change the brightness, or fill it with -0.1.
"""

FAILS = ("prepare_images",)

import numpy as np


def prepare_images(images, margin=2):
    return np.pad(-0.1 + 1.275 * images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
