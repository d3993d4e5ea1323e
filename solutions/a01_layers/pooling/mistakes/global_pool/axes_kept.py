"""You keep height and width as axes of size 1. The result is (batch, channels): leave out
`keepdims=True`.
"""

import numpy as np

FAILS = ("global_pool",)


def global_pool(x, kind):
    if kind == "max":
        return x.max(axis=(1, 2), keepdims=True)
    if kind == "mean":
        return x.mean(axis=(1, 2), keepdims=True)
    return np.sqrt((x**2).mean(axis=(1, 2), keepdims=True))
