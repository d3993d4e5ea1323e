"""You take the rows of `directions` for the directions. They are its columns: direction k is
directions[:, k].
"""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = (alphas * variances) @ directions
    return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)
