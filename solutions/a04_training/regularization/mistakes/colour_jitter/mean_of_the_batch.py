"""You take the mean of the whole batch. Each image has a mean of its own: average over its axes 1,
2 and 3.
"""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = images.mean()
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
