"""With one index array for all rows and one for all columns."""

import numpy as np


def flip_and_crop(images, size, uniform):
    batch, height, width = images.shape[:3]
    tops = np.floor(uniform[:, 0] * (height - size + 1)).astype(int)
    lefts = np.floor(uniform[:, 1] * (width - size + 1)).astype(int)
    steps = np.arange(size)
    mirrored = (uniform[:, 2] < 0.5)[:, np.newaxis]
    rows = tops[:, np.newaxis] + steps
    columns = lefts[:, np.newaxis] + np.where(mirrored, steps[::-1], steps)
    examples = np.arange(batch)[:, np.newaxis, np.newaxis]
    return images[examples, rows[:, :, np.newaxis], columns[:, np.newaxis, :]]
