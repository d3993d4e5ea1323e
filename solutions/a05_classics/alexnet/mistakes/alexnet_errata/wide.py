"""You took the 512 maps of the wider ZFNet. With them the product would be 18,432; the slide's
9216 needs 256."""

FAILS = ("alexnet_errata",)

corrections = {
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 512,
    "removed_parameters": 1696512,
}
