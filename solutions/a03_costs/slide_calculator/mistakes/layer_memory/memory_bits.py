"""You count bits. Memory is in bytes, so there is no factor 8."""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) * bytes_per_value * 8 / kilo
