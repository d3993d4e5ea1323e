"""Mistakes in `shuffle_rows`."""

from autograder.checks import change

change(
    "rows_eight_at_half",
    '"groups_at_half": [2, 4],',
    '"groups_at_half": [4, 8],',
    say=(
        "Your list of groups is not right. For eight groups half the width is 192, and a quarter of that "
        "48, which 8 divides; for two it is 25."
    ),
)

change(
    "rows_four_alone",
    '"groups_at_half": [2, 4],',
    '"groups_at_half": [4],',
    say="One number of groups is missing in your list. Halve all five widths and take a quarter of each.",
)

change(
    "rows_quarter",
    '"row": (0.5, 4),',
    '"row": (0.25, 8),',
    say=(
        "The row 0.25× with 8 groups can be built, with the stem of 24 filters: its units have 96 "
        "channels, 24 inside, and the first branch makes 72."
    ),
)

change(
    "rows_channels_of_the_unit",
    '"channels": 34,',
    '"channels": 136,',
    say="4 divides 136. Inside the unit there are a quarter of them.",
)

change(
    "rows_stem_unscaled",
    '"stem": 12,',
    '"stem": 24,',
    say="With 24 filters in the stem the network has 42.7 million multiply-adds, not 38.",
)

change(
    "rows_branch_makes_all",
    '"branch": 90,',
    '"branch": 96,',
    say=(
        "8 divides 96. The branch of the first unit makes what is missing beside the channels that come "
        "in."
    ),
)
