"""You take 4 bytes for every value. The argument `bytes_per_value` says how many: half precision
has 2.
"""

import math

FAILS = ("layer_memory",)


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) * 4 / kilo
