"""The biases are missing: every filter has one, and it is a parameter."""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = (height - kernel_size + 1) * (width - kernel_size + 1)
    weights = kernel_size**2 * int(np.sum(table))
    parameters = weights
    return {"parameters": parameters, "connections": places * parameters, "macs": places * weights}
