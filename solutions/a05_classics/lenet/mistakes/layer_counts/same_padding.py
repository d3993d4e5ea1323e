"""You let the filters stand at every pixel. Without padding there are (H - K + 1)(W - K + 1)
places.
"""

FAILS = ("layer_counts",)

import numpy as np


def layer_counts(table, kernel_size, height, width):
    places = height * width
    weights = kernel_size**2 * int(np.sum(table))
    parameters = weights + np.shape(table)[1]
    return {"parameters": parameters, "connections": places * parameters, "macs": places * weights}
