"""Mistakes in `weight_layers`."""

from autograder.checks import change

change(
    "layers_blocks_counted",
    "return 1 + (3 if bottleneck else 2) * sum(blocks) + 1",
    "return 1 + sum(blocks) + 1",
    say=(
        "You count every block as one layer. A basic block has two convolutions, a bottleneck "
        "three."
    ),
)

change(
    "layers_projections_counted",
    "return 1 + (3 if bottleneck else 2) * sum(blocks) + 1",
    "return 1 + (3 if bottleneck else 2) * sum(blocks) + 1 + (4 if bottleneck else 3)",
    say=(
        "You count the projections, too. Only layers on the longest path make the name, so the "
        "shortcuts do not count."
    ),
)

change(
    "layers_without_stem",
    "return 1 + (3 if bottleneck else 2) * sum(blocks) + 1",
    "return (3 if bottleneck else 2) * sum(blocks)",
    say=(
        "You count the convolutions in the blocks only. The one of the stem and the fully "
        "connected layer make two more: this is how the slide arrives at 16 instead of 18."
    ),
)


change(
    "layers_without_the_last",
    "return 1 + (3 if bottleneck else 2) * sum(blocks) + 1",
    "return (3 if bottleneck else 2) * sum(blocks) + 1",
    say=(
        "You are one layer short. Beside the blocks there are two: the first convolution and the "
        "fully connected layer at the end."
    ),
)
