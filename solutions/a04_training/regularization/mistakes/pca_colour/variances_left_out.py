"""You leave the variances out, so that all directions count the same. Multiply each alpha by the
variance of its direction.
"""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = alphas @ directions.T
    return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)
