"""Multiplies the weights without biases by the positions of the output."""


def macs(layer, shape, pools=False):
    kind = layer["kind"]
    if kind == "flatten" or (kind == "pool" and not pools):
        return 0
    if kind == "dense":
        return parameters(layer, shape, biases=False)
    height, width, channels = output_shape(layer, shape)
    if kind == "pool":
        return height * width * channels * layer["kernel"] * layer["kernel"]
    return float(height * width * parameters(layer, shape, biases=False))
