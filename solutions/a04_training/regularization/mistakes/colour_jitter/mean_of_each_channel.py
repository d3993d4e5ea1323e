"""You take a mean for each channel, which washes out the colours. The mean is over all pixels and
all channels of an image.
"""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = images.mean(axis=(1, 2), keepdims=True)
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
