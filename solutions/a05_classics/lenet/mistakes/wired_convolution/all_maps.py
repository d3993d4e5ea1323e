"""Every one of your small convolutions sees all maps. It gets only those that its column of the
table names.
"""

FAILS = ("wired_convolution",)

import keras
import numpy as np


def wired_convolution(x, table, kernel_size=5):
    maps = []
    for column in range(np.shape(table)[1]):
        seen = list(range(np.shape(table)[0]))
        convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")
        maps.append(convolution(keras.ops.take(x, seen, axis=-1)))
    return keras.ops.concatenate(maps, axis=-1)
