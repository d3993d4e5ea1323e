"""You give all images the same offset. Each image has a row of its own in `alphas`."""

import numpy as np

FAILS = ("pca_colour",)


def pca_colour(images, variances, directions, alphas):
    offsets = np.tile((alphas[0] * variances) @ directions.T, (len(images), 1))
    return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)
