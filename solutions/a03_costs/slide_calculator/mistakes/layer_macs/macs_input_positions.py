"""You let the window stand at every pixel of the input. With a stride, or without padding, there
are fewer places: count height and width of the output.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        places = math.prod(shape[:2])
        seen = shape[-1] // layer["groups"]
        return places * layer["filters"] * layer["kernel"] ** 2 * seen
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
