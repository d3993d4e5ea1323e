"""Image by image and direction by direction."""

import numpy as np


def pca_colour(images, variances, directions, alphas):
    result = np.array(images)
    for index in range(len(images)):
        offset = np.zeros(3)
        for k in range(3):
            offset += alphas[index, k] * variances[k] * directions[:, k]
        result[index] += offset
    return result.clip(0, 1)
