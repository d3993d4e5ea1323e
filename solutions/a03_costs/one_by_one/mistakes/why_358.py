"""Mistakes in `why_358`."""

from autograder.checks import change

change(
    "a_reduction",
    'why_358 = {"counted_twice": 4, "saving": 3.15}',
    'why_358 = {"counted_twice": 1, "saving": 3.15}',
    say=(
        "One of the small 1 × 1 lines is not enough: it has about 13 million multiply-adds, and "
        "the printed total is too high by almost 87."
    ),
)

change(
    "five_by_five",
    'why_358 = {"counted_twice": 4, "saving": 3.15}',
    'why_358 = {"counted_twice": 5, "saving": 3.15}',
    say=(
        "You took the largest line. Subtract the sum of all six lines from the printed total: what "
        "is left over is smaller than the 5 × 5."
    ),
)

change(
    "inverse",
    'why_358 = {"counted_twice": 4, "saving": 3.15}',
    'why_358 = {"counted_twice": 4, "saving": 0.32}',
    say=(
        "You give the share that is left, not the saving. How many times fewer is the naive total "
        "divided by the other: more than 1."
    ),
)

change(
    "printed_saving",
    'why_358 = {"counted_twice": 4, "saving": 3.15}',
    'why_358 = {"counted_twice": 4, "saving": 2.39}',
    say=(
        "You divide by the printed total. Take the extra 3 × 3 term out of it first: the real "
        "saving is larger."
    ),
)
