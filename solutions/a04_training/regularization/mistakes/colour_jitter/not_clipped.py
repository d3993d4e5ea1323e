"""Some of your values lie below 0 or above 1. Clip the result: np.clip(..., 0, 1)."""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = images.mean(axis=(1, 2, 3), keepdims=True)
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return means + contrast * (images - means) + brightness
