"""Mistakes in `why_dense`."""

from autograder.checks import change

change(
    "more_units",
    'why_dense = "b"',
    'why_dense = "a"',
    say=(
        "More units alone do not explain it: 500 filters of 5 × 5 on 20 channels would have a "
        "fifth of these parameters. Ask how many weights a single unit has, and how many a single "
        "filter."
    ),
)

change(
    "pooling",
    'why_dense = "b"',
    'why_dense = "d"',
    say=(
        "Pooling has no parameters to hand on: it makes the maps smaller, and so the linear layer "
        "after it too. Ask how many weights a single unit has, and how many a single filter."
    ),
)

change(
    "relu",
    'why_dense = "b"',
    'why_dense = "c"',
    say=(
        "ReLU has no parameters: it replaces negative values by zero. Ask how many weights a "
        "single unit has, and how many a single filter."
    ),
)
