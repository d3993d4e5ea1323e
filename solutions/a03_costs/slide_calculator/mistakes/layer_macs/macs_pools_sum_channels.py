"""You let a pooling add up its channels, as a convolution does. It looks at each channel on its
own: K * K for each output value.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2 * shape[-1]
    return 0
