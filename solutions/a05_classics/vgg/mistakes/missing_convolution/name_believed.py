"""You believe the name. Count the weight layers in the drawing: VGG16 has 16, this one has
not.
"""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 16,
    "missing": "conv3_3",
    "parameters": 590_080,
    "macs": 1_849_688_064,
}
