"""Mistakes in `wide_growth`."""

from autograder.checks import change

change(
    "growth_of_the_stem",
    '"stem": 1,',
    '"stem": linear,',
    say="Your stem grows with k. It has 16 filters in every WRN, and it sees the three colours.",
)

change(
    "growth_of_the_first_squared",
    '"first": linear,',
    '"first": square,',
    say=(
        "You let the first convolution of the first block grow with k². Its filters are k times as "
        "many, but it sees the 16 maps of the stem."
    ),
)

change(
    "growth_linear",
    '"second": square,',
    '"second": linear,',
    say=(
        "You count only the filters of the second convolution. It also sees k times as many maps: "
        "each factor counts."
    ),
)

change(
    "growth_of_norms_squared",
    '"norm": linear,',
    '"norm": square,',
    say="A batch normalization has a gamma and a beta for each map, and there are k times as many.",
)

change(
    "growth_of_the_classifier_squared",
    '"classifier": linear,',
    '"classifier": square,',
    say="The last layer sees k times as many maps, but it still has ten outputs.",
)

change(
    "growth_of_work_linear",
    '"macs": square,',
    '"macs": linear,',
    say="Each weight works at every pixel, so the multiply-adds grow as the weights do.",
)

change(
    "growth_of_values_squared",
    '"values": linear,',
    '"values": square,',
    say=(
        "You let the output grow with k². It has a map for each filter, and their size is the same: "
        "k times as many numbers."
    ),
)
