"""You pull the values towards 1/2. The centre is the mean of the image, so that contrast alone
leaves it as bright as it was.
"""

import numpy as np

FAILS = ("colour_jitter",)


def colour_jitter(images, contrast, brightness):
    means = 0.5
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
