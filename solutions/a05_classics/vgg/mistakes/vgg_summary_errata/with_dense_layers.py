"""You added the dense layers. The column is for convolutions; the dense layers have one of
their own.
"""

FAILS = ("vgg_summary_errata",)


vgg_summary_errata = {
    "VGG-11": 7.609,
    "VGG-13": 11.308,
    "VGG-19": 19.632,
    "with 1x1": "C",
    "million parameters": 133.64,
}
