"""You measure the input of the layer. What has to be stored is what it puts out: use
`output_shape(layer, shape)`.
"""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(shape) * bytes_per_value / kilo
