"""You never count poolings. With `pools=True` each value that a pooling puts out costs K * K
operations.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    return 0
