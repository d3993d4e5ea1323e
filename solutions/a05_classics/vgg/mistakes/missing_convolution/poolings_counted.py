"""You count the poolings as well. Weight layers are the convolutions and the dense layers."""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 20,
    "missing": "conv3_3",
    "parameters": 590_080,
    "macs": 1_849_688_064,
}
