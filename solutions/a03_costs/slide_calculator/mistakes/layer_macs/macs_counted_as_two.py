"""You count a multiply-add as two operations. On these slides one multiplication with its addition
is one: leave out the factor 2.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return 2 * outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return 2 * outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
