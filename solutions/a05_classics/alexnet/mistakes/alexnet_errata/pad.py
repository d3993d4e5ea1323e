"""You took 56 × 56 pixels for the first layer with 96 filters. That is the size with pad 2, in the
network with 64 filters; with pad 0 it is 55."""

FAILS = ("alexnet_errata",)

corrections = {
    "fc6_parameters": 37752832,
    "first_neurons": 301056,
    "zfnet_maps": 256,
    "removed_parameters": 1696512,
}
