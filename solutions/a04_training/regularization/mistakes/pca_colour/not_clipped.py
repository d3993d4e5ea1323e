"""Some of your values lie below 0 or above 1. Clip the result: np.clip(..., 0, 1)."""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = (alphas * variances) @ directions.T
    return images + offsets[:, np.newaxis, np.newaxis, :]
