"""Your height and width have changed places. Shapes stand as (height, width, channels), in the
input as in the output.
"""

import math

FAILS = ("layer_output_shape", "cost_table")


def output_shape(layer, shape):
    if layer["kind"] == "flatten":
        return (math.prod(shape),)
    if layer["kind"] == "dense":
        return (layer["units"],)

    def size(pixels):
        span = pixels - layer["kernel"] + 2 * layer["padding"]
        if layer["kind"] == "pool" and layer["ceil"]:
            return math.ceil(span / layer["stride"]) + 1
        return span // layer["stride"] + 1

    height, width, channels = shape
    return size(width), size(height), layer["filters"] if layer["kind"] == "conv" else channels
