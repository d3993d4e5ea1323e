"""Writes down the shape of the weights and multiplies it out with NumPy."""

import numpy as np


def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        seen = shape[2] // layer["groups"]
        kernel = (layer["kernel"], layer["kernel"], seen, layer["filters"])
    elif layer["kind"] == "dense":
        kernel = (np.prod(shape), layer["units"])
    else:
        return 0
    return np.prod(kernel) + kernel[-1] * (layer["bias"] and biases)
