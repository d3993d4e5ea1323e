"""Mistakes in `erratum_e27`."""

from autograder.checks import change

change(
    "e27_five",
    'e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 3.148}',
    'e27 = {"millions": 271.35, "counted_twice": "5x5", "saving": 3.148}',
    say=(
        "You suspect the 5 × 5 convolution. Add it once more to the right total and you are far "
        "above the printed one; another layer fits exactly."
    ),
)

change(
    "e27_printed_saving",
    'e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 3.148}',
    'e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 2.386}',
    say=(
        "You divided by the printed total. The saving is that of the right total, and it is larger."
    ),
)

change(
    "e27_reductions_left_out",
    'e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 3.148}',
    'e27 = {"millions": 232.82, "counted_twice": "3x3", "saving": 3.669}',
    say=(
        "You added up the three large branches and left the 1 × 1 reductions and the projection "
        "out. They are layers with costs of their own."
    ),
)
