"""Mistakes in `factorized_weights`."""

from autograder.checks import change

change(
    "weights_asymmetric_on_one",
    '"asymmetric": 2 * n * squared,',
    '"asymmetric": n * squared,',
    say="You count one of the two asymmetric filters. n × 1 and 1 × n have n weights each.",
)

change(
    "weights_one_map",
    "squared = channels**2",
    "squared = channels",
    say=(
        "You count the weights for one input map. Each of the C filters looks at all C maps: "
        "multiply by C²."
    ),
)

change(
    "weights_separable_square",
    '"separable": n * n * channels + squared,',
    '"separable": n * n * squared + squared,',
    say=(
        "Your depthwise part has a filter for each pair of maps. It has one for each map: n² C "
        "weights, then C² for the 1 × 1."
    ),
)

change(
    "weights_stacked_two",
    '"stacked": (n - 1) // 2 * 9 * squared,',
    '"stacked": 2 * 9 * squared,',
    say=(
        "You always stack two filters of 3 × 3. Two see 5 × 5 pixels; a larger filter needs more, "
        "(n - 1) / 2 of them."
    ),
)

change(
    "weights_with_biases",
    """
    "square": n * n * squared,
    "stacked": (n - 1) // 2 * 9 * squared,
    "asymmetric": 2 * n * squared,
    "separable": n * n * channels + squared,
    """,
    """
    "square": n * n * squared + channels,
    "stacked": (n - 1) // 2 * (9 * squared + channels),
    "asymmetric": 2 * (n * squared + channels),
    "separable": n * n * channels + squared + channels,
    """,
    say="You count biases. The question is about weights alone.",
)
