"""You count the projections, too. Only layers on the longest path make the name, so the
shortcuts do not count."""

FAILS = ("weight_layers",)


def weight_layers(blocks, bottleneck):
    return 1 + (3 if bottleneck else 2) * sum(blocks) + 1 + (4 if bottleneck else 3)
