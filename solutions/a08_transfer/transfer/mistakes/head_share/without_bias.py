"""You have forgotten the biases of the new layer: each of the 10 classes has 4096 weights and one
bias."""

FAILS = ("head_share",)


head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_960}
