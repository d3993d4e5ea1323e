"""Your small convolutions get their maps in descending order, so every weight meets the wrong map.
Keep them in the order of the table.
"""

FAILS = ("wired_convolution",)

import keras
import numpy as np


def wired_convolution(x, table, kernel_size=5):
    maps = []
    for column in range(np.shape(table)[1]):
        seen = np.flatnonzero(table[:, column]).tolist()[::-1]
        convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")
        maps.append(convolution(keras.ops.take(x, seen, axis=-1)))
    return keras.ops.concatenate(maps, axis=-1)
