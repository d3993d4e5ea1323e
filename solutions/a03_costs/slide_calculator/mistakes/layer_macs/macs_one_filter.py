"""You counted one filter. Each position of the output takes the products of all filters: multiply
by `filters` too.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs // layer["filters"] * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
