"""You forgot the biases: the layer has one for each of its 256 filters."""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 15,
    "missing": "conv3_3",
    "parameters": 589_824,
    "macs": 1_849_688_064,
}
