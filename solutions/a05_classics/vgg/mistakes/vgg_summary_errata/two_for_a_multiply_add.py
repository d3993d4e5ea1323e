"""You count a multiply-add as two. The course counts it as one."""

FAILS = ("vgg_summary_errata",)


vgg_summary_errata = {
    "VGG-11": 14.971,
    "VGG-13": 22.370,
    "VGG-19": 39.017,
    "with 1x1": "C",
    "million parameters": 133.64,
}
