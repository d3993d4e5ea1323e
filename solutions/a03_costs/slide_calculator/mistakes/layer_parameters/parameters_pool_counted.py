"""You count the window of a pooling as weights. A maximum or an average has nothing to learn, so a
pooling has 0 parameters.
"""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return layer["kernel"] ** 2 * shape[-1] if layer["kind"] == "pool" else 0
    return weights + (outputs if biases and layer["bias"] else 0)
