"""You counted every place of the table. Only where it is true there is a connection:
`np.sum(table)` counts these.
"""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = (height - kernel_size + 1) * (width - kernel_size + 1)
    weights = kernel_size**2 * np.size(table)
    parameters = weights + np.shape(table)[1]
    return {"parameters": parameters, "connections": places * parameters, "macs": places * weights}
