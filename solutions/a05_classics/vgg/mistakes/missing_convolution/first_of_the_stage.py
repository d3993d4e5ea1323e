"""You count a layer with 128 maps before it, like the first one of the stage. The missing one
follows another with 256 filters.
"""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 15,
    "missing": "conv3_3",
    "parameters": 295_168,
    "macs": 924_844_032,
}
