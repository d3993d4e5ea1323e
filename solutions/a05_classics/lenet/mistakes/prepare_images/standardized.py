"""You made mean 0 and variance 1 of the images themselves. The paper uses fixed numbers for all:
background -0.1, ink 1.175.
"""

FAILS = ("prepare_images",)

import numpy as np


def prepare_images(images, margin=2):
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    return (framed - framed.mean()) / framed.std()
