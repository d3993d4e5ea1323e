"""You copied the caption's number. Multiply the size of `conv1`'s output: 55 × 55 pixels in 96
maps."""

FAILS = ("alexnet_errata",)

corrections = {
    "fc6_parameters": 37752832,
    "first_neurons": 253440,
    "zfnet_maps": 256,
    "removed_parameters": 1696512,
}
