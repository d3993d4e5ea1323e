"""You count the weights only. A layer whose `bias` is True has one more parameter for each filter
or unit: add them unless `biases=False` is asked for.
"""

import math

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        return layer["kernel"] ** 2 * shape[-1] // layer["groups"] * layer["filters"]
    if layer["kind"] == "dense":
        return math.prod(shape) * layer["units"]
    return 0
