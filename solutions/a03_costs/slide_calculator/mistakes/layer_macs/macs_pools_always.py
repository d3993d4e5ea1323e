"""You count poolings whatever `pools` says. They cost K * K for each output value only with
`pools=True`, and nothing by default.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool":
        return outputs * layer["kernel"] ** 2
    return 0
