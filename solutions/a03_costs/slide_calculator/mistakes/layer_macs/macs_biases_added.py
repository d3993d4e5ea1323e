"""You add one operation for the bias of each output value. Biases are not counted among the
multiply-adds.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * (layer["kernel"] ** 2 * (shape[-1] // layer["groups"]) + layer["bias"])
    if layer["kind"] == "dense":
        return outputs * (math.prod(shape) + layer["bias"])
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
