"""Mistakes in `overlap`."""

from autograder.checks import change

change(
    "bias_once",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 1}',
    say=(
        "You gave the bias the gradient of a single window. The same bias is added at all four "
        "outputs, so it collects four times 1."
    ),
)

change(
    "overwritten",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 1, "last": 0, "db": 4}',
    say=(
        "You counted each pixel once, as if the windows did not overlap. The pixel in row 2, "
        "column 2 lies in all four windows, and each of them adds its 1."
    ),
)

change(
    "padded_at_the_end",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 4, "last": 1, "db": 4}',
    say=(
        "You let a window reach the last pixel. Windows begin at 0 and 2 and end at 4: row 5 and "
        "column 5 are never seen, so their gradient is 0."
    ),
)

change(
    "stride_ignored",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 9, "last": 1, "db": 16}',
    say=(
        "You counted the windows of stride 1. With stride 2 a window begins only in rows and "
        "columns 0 and 2: there are four of them."
    ),
)

change(
    "two_windows",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 2, "last": 0, "db": 4}',
    say=(
        "You counted the overlap in one direction only. Two windows meet in row 2 and two in "
        "column 2: together 2 × 2."
    ),
)


change(
    "bias_nine",
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}',
    'overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 9}',
    say=(
        "You counted the weights of the filter for `db`. The bias is added once at each of "
        "the 2 × 2 outputs: four times."
    ),
)
