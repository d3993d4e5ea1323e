"""You take the maps that are not connected: the small convolution needs those where the column is
true.
"""

FAILS = ("wired_convolution",)
HINT = None

import keras
import numpy as np


def wired_convolution(x, table, kernel_size=5):
    maps = []
    for column in range(np.shape(table)[1]):
        seen = np.flatnonzero(~table[:, column]).tolist()
        convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")
        maps.append(convolution(keras.ops.take(x, seen, axis=-1)))
    return keras.ops.concatenate(maps, axis=-1)
