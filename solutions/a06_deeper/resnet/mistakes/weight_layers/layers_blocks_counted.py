"""You count every block as one layer. A basic block has two convolutions, a bottleneck three."""

FAILS = ("weight_layers",)


def weight_layers(blocks, bottleneck):
    return 1 + sum(blocks) + 1
