"""You multiply the pixels, so that each gets an offset of its own. The same offset is added to all
pixels of an image.
"""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = (alphas * variances) @ directions.T
    return np.clip(images * (1 + offsets[:, np.newaxis, np.newaxis, :]), 0, 1)
