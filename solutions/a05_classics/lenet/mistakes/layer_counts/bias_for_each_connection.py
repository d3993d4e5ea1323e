"""You gave a bias to every connection. A map of the output has one bias, however many maps it
sees.
"""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = (height - kernel_size + 1) * (width - kernel_size + 1)
    weights = kernel_size**2 * int(np.sum(table))
    parameters = weights + int(np.sum(table))
    return {"parameters": parameters, "connections": places * parameters, "macs": places * weights}
