"""You multiply each filter with all input channels. In a layer with groups a filter has weights
for `channels / groups` of them.
"""

import math

FAILS = ("layer_macs", "cost_table")


def macs(layer, shape, pools=False):
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * layer["kernel"] ** 2 * shape[-1]
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
