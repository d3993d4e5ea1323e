"""You add a bias for each input channel. Biases belong to what comes out: one for each filter."""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], shape[-1]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
