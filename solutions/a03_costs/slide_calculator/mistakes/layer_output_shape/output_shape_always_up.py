"""You round up everywhere, so that a window may hang over the border. Round down with `//`, and up
only for a pooling whose `ceil` is True.
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
        return math.ceil(span / layer["stride"]) + 1

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
