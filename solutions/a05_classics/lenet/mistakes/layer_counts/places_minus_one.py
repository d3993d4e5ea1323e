"""A window of K stands at H - K + 1 places along a side; you forgot the 1."""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = max(height - kernel_size, 1) * max(width - kernel_size, 1)
    weights = kernel_size**2 * int(np.sum(table))
    parameters = weights + np.shape(table)[1]
    return {"parameters": parameters, "connections": places * parameters, "macs": places * weights}
