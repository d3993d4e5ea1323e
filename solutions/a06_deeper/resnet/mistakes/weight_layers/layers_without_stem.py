"""You count the convolutions in the blocks only. The one of the stem and the fully connected
layer make two more: this is how the slide arrives at 16 instead of 18."""

FAILS = ("weight_layers",)


def weight_layers(blocks, bottleneck):
    return (3 if bottleneck else 2) * sum(blocks)
