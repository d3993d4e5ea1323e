"""You divide the filters by the groups as well. Each group has F / G filters, but there are G such
groups: only the channels that a filter sees are divided.
"""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = (
            layer["kernel"] ** 2 * seen * layer["filters"] // layer["groups"],
            layer["filters"],
        )
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
