"""That is the size of D. C has 1 x 1 kernels where D has 3 x 3, so it is smaller."""

FAILS = ("vgg_summary_errata",)


vgg_summary_errata = {
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    "with 1x1": "C",
    "million parameters": 138.36,
}
