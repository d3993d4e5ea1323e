"""Mistakes in `reduction_widths`."""

from autograder.checks import change

change(
    "one_more",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 87, "still_saves": 215}',
    say=("87 maps need 360 million, a little too much. The largest n that still fits is one less."),
)

change(
    "printed_width",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 64, "still_saves": 215}',
    say=("64 is the width of the slide, and needs 271 million. There is room up to 358 million."),
)

change(
    "in_proportion",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 84, "still_saves": 215}',
    say=(
        "You scaled 64 by 358 ÷ 271. The 1 × 1 branch has no factor n and stays as it is: take "
        "it off first."
    ),
)

change(
    "pool_without_projection",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 91, "still_saves": 215}',
    say="You left out the projection after the pool. It has n filters, too.",
)

change(
    "first_that_costs_more",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 86, "still_saves": 216}',
    say=(
        "With 216 maps the module needs more than the naive one. Asked is the last that needs "
        "fewer."
    ),
)

change(
    "as_wide_as_the_input",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 86, "still_saves": 255}',
    say=(
        "You think that any reduction saves. The 1 × 1 convolutions cost something as well: "
        "compare the totals."
    ),
)

change(
    "a_branch_alone",
    'reduction_widths = {"at_most_358": 86, "still_saves": 215}',
    'reduction_widths = {"at_most_358": 86, "still_saves": 227}',
    say=(
        "You compare the module without its projection. The naive pool branch costs nothing, "
        "the projection does."
    ),
)
