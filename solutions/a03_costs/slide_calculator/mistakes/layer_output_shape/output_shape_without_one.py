"""You count the steps of the window and forget the place where it started. Add 1 after the
division.
"""

import math

FAILS = ("layer_output_shape", "layer_macs", "layer_memory", "cost_table")


def output_shape(layer, shape):
    if layer["kind"] == "flatten":
        return (math.prod(shape),)
    if layer["kind"] == "dense":
        return (layer["units"],)

    def size(pixels):
        span = pixels - layer["kernel"] + 2 * layer["padding"]
        if layer["kind"] == "pool" and layer["ceil"]:
            return math.ceil(span / layer["stride"]) + 1
        return span // layer["stride"] + 0

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
