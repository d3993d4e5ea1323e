"""You do not use the argument `biases`. With `biases=False` the biases are left out even where the
layer has them.
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
        return 0
    return weights + (outputs if layer["bias"] else 0)
