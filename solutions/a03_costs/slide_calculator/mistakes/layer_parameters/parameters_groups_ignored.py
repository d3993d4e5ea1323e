"""You let every filter see all input channels. With G groups it sees the channels of its own group
only: divide them by `groups`.
"""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1]
        weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
