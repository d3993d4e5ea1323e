"""You pool the channels, too, and one number for each image is left. Take axes 1 and 2 only: the
result is (batch, channels).
"""

import numpy as np

FAILS = ("global_pool",)


def global_pool(x, kind):
    if kind == "max":
        return x.max(axis=(1, 2, 3))
    if kind == "mean":
        return x.mean(axis=(1, 2, 3))
    return np.sqrt((x**2).mean(axis=(1, 2, 3)))
