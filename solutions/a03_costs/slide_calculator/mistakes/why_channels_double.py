"""Mistakes in `why_channels_double`."""

from autograder.checks import change

change(
    "why_memory",
    "why_channels_double = 2",
    "why_channels_double = 3",
    say=(
        "You say that the memory stays the same. A quarter of the positions with twice the "
        "channels is half of the memory: read the column again."
    ),
)

change(
    "why_parameters",
    "why_channels_double = 2",
    "why_channels_double = 1",
    say=(
        "You say that the parameters stay the same. Twice the filters that each see twice the "
        "channels have four times the weights: read the column again."
    ),
)
