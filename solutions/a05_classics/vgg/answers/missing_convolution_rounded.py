"""Three digits."""

missing_convolution = {
    "drawn": 2 + 2 + 2 + 3 + 3 + 1 + 1 + 1,
    "missing": "conv" + "3_3",
    "parameters": 3 * 3 * 256 * 256 + 256,
    "macs": (9 * 256) * (256 * 56**2),
}
errata_of_the_drawing = {
    "E06 megabytes": 45.9,
    "E06 million weights": 1.73,
    "E06 million macs": 9340,
    "E09 megabytes": 51.7,
}
vgg_summary_errata = {
    "VGG-11": 7.49,
    "VGG-13": 11.2,
    "VGG-19": 19.5,
    "with 1x1": "C",
    "million parameters": 133.6,
}
