"""You round every pooling down. Where its description says `ceil`, round the quotient up before
you add 1: `math.ceil(span / stride) + 1`.
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
        return span // layer["stride"] + 1

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
