"""You train all three fully connected layers. With a small data set only the last one is
reinitialized and trained; FC-4096 and FC-4096 stay frozen."""

FAILS = ("head_share",)


head_share = {"weight_layers": 13, "frozen": 9_404_992, "trained": 119_586_826}
