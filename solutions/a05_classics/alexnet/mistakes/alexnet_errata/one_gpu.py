"""You removed the layers from the network on one GPU. Grouped convolutions have fewer weights to
lose: count with `groups=2`."""

FAILS = ("alexnet_errata",)

corrections = {
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 256,
    "removed_parameters": 2507520,
}
