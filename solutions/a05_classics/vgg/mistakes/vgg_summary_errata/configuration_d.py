"""D has kernels of 3 x 3 only. Look for conv1 in the table."""

FAILS = ("vgg_summary_errata",)


vgg_summary_errata = {
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    "with 1x1": "D",
    "million parameters": 138.36,
}
