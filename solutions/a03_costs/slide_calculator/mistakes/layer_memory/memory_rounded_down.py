"""You throw the fraction away with `//`. Divide with `/` and do not round: the slide's 182 KB are
182.25.
"""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) * bytes_per_value // kilo
