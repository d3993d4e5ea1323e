"""You pool over the images of the batch. Axis 0 is the batch; height and width are axes 1 and 2."""

import numpy as np

FAILS = ("global_pool",)


def global_pool(x, kind):
    if kind == "max":
        return x.max(axis=(0, 1))
    if kind == "mean":
        return x.mean(axis=(0, 1))
    return np.sqrt((x**2).mean(axis=(0, 1)))
