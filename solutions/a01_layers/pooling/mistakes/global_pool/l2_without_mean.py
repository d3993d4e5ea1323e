"""Your global L2 pooling takes the root of the sum. Divide by H * W under the root, or the result
grows with the size of the image.
"""

import numpy as np

FAILS = ("global_pool",)


def global_pool(x, kind):
    if kind == "max":
        return x.max(axis=(1, 2))
    if kind == "mean":
        return x.mean(axis=(1, 2))
    return np.sqrt((x**2).sum(axis=(1, 2)))
