"""You add up the three parts of the offset and move red, green and blue by the same number. The
offset is a colour: it has three entries.
"""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = (alphas * variances) @ directions.T
    return np.clip(images + offsets.sum(axis=1).reshape(-1, 1, 1, 1), 0, 1)
