"""You count K weights in a window. The window is square and has K * K pixels."""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = layer["kernel"] * seen * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
