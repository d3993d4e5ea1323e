"""Your dense layer sees the channels only. It is connected to every value of its input: multiply
all entries of the shape.
"""

FAILS = ("layer_parameters", "cost_table")


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = shape[-1] * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
