"""You have counted the old FC-1000 among what is frozen. It is replaced by the new layer and
leaves the network with its 4,097,000 parameters."""

FAILS = ("head_share",)


head_share = {"weight_layers": 13, "frozen": 133_047_848, "trained": 40_970}
