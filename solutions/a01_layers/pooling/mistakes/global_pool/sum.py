"""Your global mean is the sum of all pixels. Divide by H * W, or the result grows with the size of
the image.
"""

import numpy as np

FAILS = ("global_pool",)


def global_pool(x, kind):
    if kind == "max":
        return x.max(axis=(1, 2))
    if kind == "mean":
        return x.sum(axis=(1, 2))
    return np.sqrt((x**2).mean(axis=(1, 2)))
