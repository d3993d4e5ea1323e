"""You added up the parameters of `conv3` and `conv4`. `conv5` shrinks as well, because it reads
256 maps then instead of 384."""

FAILS = ("alexnet_errata",)

corrections = {
    "fc6_parameters": 37752832,
    "first_neurons": 290400,
    "zfnet_maps": 256,
    "removed_parameters": 1549056,
}
