"""Mistakes in `seven_by_seven`."""

from autograder.checks import change

change(
    "bias_for_each_channel",
    """
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
    """,
    """
    "direct": 7 * 7 * 512 * 64 + 512,
    "after_reduction": 7 * 7 * 64 * 64 + 64,
    "reduction": 512 * 64 + 512,
    """,
    say=(
        "You count one bias for each input map. There is one for each filter: 64 in every layer "
        "here."
    ),
)

change(
    "for_each_pixel",
    """
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
    """,
    """
    "direct": 256 * 256 * 7 * 7 * 512 * 64,
    "after_reduction": 256 * 256 * 7 * 7 * 64 * 64,
    "reduction": 256 * 256 * 512 * 64,
    """,
    say=(
        "You multiply by the 256 × 256 pixels. That gives multiply-adds; the parameters are shared "
        "by all pixels."
    ),
)

change(
    "one_channel",
    """
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
    """,
    """
    "direct": (7 * 7 + 1) * 64,
    "after_reduction": (7 * 7 + 1) * 64,
    "reduction": (1 + 1) * 64,
    """,
    say=(
        "You count 7 × 7 weights for a filter whatever the number of maps. A filter is as deep as "
        "its input: it has 7 × 7 weights for each map."
    ),
)

change(
    "one_filter",
    """
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
    """,
    """
    "direct": 7 * 7 * 512 + 1,
    "after_reduction": 7 * 7 * 64 + 1,
    "reduction": 512 + 1,
    """,
    say="You count a single filter. There are 64 of them in each of the three layers.",
)

change(
    "without_biases",
    """
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
    """,
    """
    "direct": 7 * 7 * 512 * 64,
    "after_reduction": 7 * 7 * 64 * 64,
    "reduction": 512 * 64,
    """,
    say="You left the biases out. Each of the 64 filters has one, so each count is 64 higher.",
)

change(
    "reduction_from_three",
    '"reduction": (512 + 1) * 64',
    '"reduction": (64 + 1) * 512',
    say=(
        "You exchanged maps and filters of the reduction: 64 filters on 512 maps have (512 + "
        "1) · 64 parameters."
    ),
)


change(
    "seven_not_squared",
    '"direct": (7 * 7 * 512 + 1) * 64',
    '"direct": (7 * 512 + 1) * 64',
    '"after_reduction": (7 * 7 * 64 + 1) * 64',
    '"after_reduction": (7 * 64 + 1) * 64',
    say="You count 7 weights for a window. It is a square of 7 × 7.",
)


change(
    "maps_and_filters_exchanged",
    "(7 * 7 * 64 + 1) * 64",
    "(7 * 7 * 64 + 1) * 512",
    say=(
        "After the reduction you count 512 filters. 512 maps came in before it; the 7 × 7 layer has "
        "64 filters, as without a reduction."
    ),
)
