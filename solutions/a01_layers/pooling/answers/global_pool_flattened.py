"""All pixels in one axis."""

import numpy as np


def global_pool(x, kind):
    pixels = x.reshape(x.shape[0], -1, x.shape[-1])
    if kind == "max":
        return np.sort(pixels, axis=1)[:, -1]
    power = {"mean": 1, "l2": 2}[kind]
    total = np.einsum("bpc->bc", pixels**power)
    return (total / pixels.shape[1]) ** (1 / power)
