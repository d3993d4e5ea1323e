"""You looked at the wrong stage: stage 4 is complete. Compare the stages from the top."""

FAILS = ("missing_convolution",)


missing_convolution = {
    "drawn": 15,
    "missing": "conv4_3",
    "parameters": 590_080,
    "macs": 1_849_688_064,
}
