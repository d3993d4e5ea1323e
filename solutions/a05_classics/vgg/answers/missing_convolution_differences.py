"""Totals subtracted."""

missing_convolution = {
    "macs": 15_470_264_320 - 13_620_576_256,
    "parameters": 138_357_544 - 137_767_464,
    "missing": "conv3_3",
    "drawn": 12 + 3,
}
errata_of_the_drawing = {
    "E06 megabytes": 48_168_960 / 2**20,
    "E06 million weights": 1.734336,
    "E06 million macs": 9335.144448,
    "E09 megabytes": 54_190_080 / 2**20,
}
vgg_summary_errata = {
    "VGG-11": 7.485456384,
    "VGG-13": 11.184832512,
    "VGG-19": 19.5084288,
    "with 1x1": "C",
    "million parameters": 133.638952,
}
