"""You count values, not bytes. Each value takes `bytes_per_value` bytes, 4 in float32."""

import math

FAILS = ("layer_memory", "cost_table")


def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    return math.prod(output_shape(layer, shape)) / kilo
