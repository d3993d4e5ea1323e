"""You change the images themselves. The next epoch starts from the same images again: work on a
new array.
"""

import numpy as np

FAILS = ("colour_jitter",)
HINT = None


def colour_jitter(images, contrast, brightness):
    for index in range(len(images)):
        mean = images[index].mean()
        images[index] = mean + contrast[index] * (images[index] - mean) + brightness[index]
    return np.clip(images, 0, 1)
