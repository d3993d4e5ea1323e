"""You have counted the poolings as layers with weights. There are ten convolutions and three fully
connected layers."""

FAILS = ("head_share",)


head_share = {"weight_layers": 18, "frozen": 128_950_848, "trained": 40_970}
