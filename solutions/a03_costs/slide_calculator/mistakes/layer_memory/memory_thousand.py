"""You always divide by 1000. The argument `kilo` says how many bytes a kilobyte has, and by
default these slides take 1024.
"""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) * bytes_per_value / 1000
