"""You let the dense layer work on the channels and keep height and width, as Keras does on
unflattened maps. Here every unit sees all values: the output is (units,).
"""

import math

FAILS = ("layer_output_shape", "layer_macs", "cost_table")


def output_shape(layer, shape):
    if layer["kind"] == "flatten":
        return (math.prod(shape),)
    if layer["kind"] == "dense":
        return (*shape[:-1], layer["units"])

    def size(pixels):
        span = pixels - layer["kernel"] + 2 * layer["padding"]
        if layer["kind"] == "pool" and layer["ceil"]:
            return math.ceil(span / layer["stride"]) + 1
        return span // layer["stride"] + 1

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
