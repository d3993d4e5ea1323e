"""You multiply the values themselves, so contrast changes the brightness too. Multiply the
distance from the mean of the image, and add the mean again.
"""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = 0
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
