"""You take the size behind the pooling. The layer works in front of it, on 56 x 56 pixels."""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 15,
    "missing": "conv3_3",
    "parameters": 590_080,
    "macs": 462_422_016,
}
