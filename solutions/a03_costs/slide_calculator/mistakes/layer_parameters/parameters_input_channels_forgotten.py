"""You give each filter one plane of K * K weights. A filter has a plane for every input channel
that it sees: multiply by the channels of the input divided by the groups.
"""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        weights, outputs = layer["kernel"] ** 2 * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
