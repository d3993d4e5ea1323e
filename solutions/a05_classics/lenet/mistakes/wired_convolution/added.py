"""You add the sixteen maps up to one. They stand beside each other: concatenate them along the
channels.
"""

FAILS = ("wired_convolution",)

import keras
import numpy as np


def wired_convolution(x, table, kernel_size=5):
    maps = []
    for column in range(np.shape(table)[1]):
        seen = np.flatnonzero(table[:, column]).tolist()
        convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")
        maps.append(convolution(keras.ops.take(x, seen, axis=-1)))
    return keras.ops.sum(keras.ops.concatenate(maps, axis=-1), axis=-1, keepdims=True)
