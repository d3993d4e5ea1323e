"""You add the padding once. There are P zeros on each of the two sides, so the size grows by 2 *
P.
"""

import math

FAILS = ("layer_output_shape", "layer_macs", "layer_memory", "cost_table")


def output_shape(layer, shape):
    if layer["kind"] == "flatten":
        return (math.prod(shape),)
    if layer["kind"] == "dense":
        return (layer["units"],)

    def size(pixels):
        span = pixels - layer["kernel"] + layer["padding"]
        if layer["kind"] == "pool" and layer["ceil"]:
            return math.ceil(span / layer["stride"]) + 1
        return span // layer["stride"] + 1

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
