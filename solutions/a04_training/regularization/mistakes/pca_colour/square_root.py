"""You take the square root of the variances. The formula multiplies by the variance itself, as
Krizhevsky does.
"""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = (alphas * np.sqrt(variances)) @ directions.T
    return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)
