"""Image by image."""

import numpy as np


def colour_jitter(images, contrast, brightness):
    result = np.empty_like(images)
    for index, image in enumerate(images):
        mean = image.mean()
        result[index] = np.clip((image - mean) * contrast[index] + mean + brightness[index], 0, 1)
    return result
