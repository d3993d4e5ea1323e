"""You always divide by 1024. The argument `kilo` says how many bytes a kilobyte has: some slides
take 1000.
"""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) * bytes_per_value / 1024
