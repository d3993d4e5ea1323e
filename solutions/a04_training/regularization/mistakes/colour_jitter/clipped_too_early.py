"""You clip before you add the brightness. Clip once, at the very end."""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = images.mean(axis=(1, 2, 3), keepdims=True)
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means), 0, 1) + brightness
