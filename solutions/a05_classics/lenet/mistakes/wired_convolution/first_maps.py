"""You take as many maps as the column has connections, but always the first ones. Take those whose
places in the column are true: `np.flatnonzero`.
"""

FAILS = ("wired_convolution",)

import keras
import numpy as np


def wired_convolution(x, table, kernel_size=5):
    maps = []
    for column in range(np.shape(table)[1]):
        seen = list(range(int(np.sum(table[:, column]))))
        convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")
        maps.append(convolution(keras.ops.take(x, seen, axis=-1)))
    return keras.ops.concatenate(maps, axis=-1)
