"""One unit after the other."""

import numpy as np


def dense_to_conv(kernel, map_size):
    filters = [unit.reshape((*map_size, len(unit) // np.prod(map_size))) for unit in kernel.T]
    return np.stack(filters, axis=-1)
