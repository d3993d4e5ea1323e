"""Adding a bias is no multiply-add here: only the products of the windows count."""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = (height - kernel_size + 1) * (width - kernel_size + 1)
    weights = kernel_size**2 * int(np.sum(table))
    parameters = weights + np.shape(table)[1]
    return {
        "parameters": parameters,
        "connections": places * parameters,
        "macs": places * parameters,
    }
