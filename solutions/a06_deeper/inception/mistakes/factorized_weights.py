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

change(
    "weights_separable_one_map",
    '"separable": n * n * channels + squared',
    '"separable": n * n * channels',
    say="You leave out the 1 × 1 part of the separable pair: C² weights more.",
)


change(
    "weights_stacked_n",
    "(n - 1) // 2 * 9",
    "n // 3 * 9",
    say=(
        "You divide n by 3. A stack of 3 × 3 sees 3 pixels with one layer and two more with "
        "each further one: (n - 1) / 2 layers."
    ),
)


change(
    "weights_asymmetric_square",
    "2 * n * squared",
    "n * n * squared // 2",
    say="You halve the square. n × 1 and 1 × n have n weights each: 2 n C².",
)


change(
    "weights_stacked_one_too_many",
    "(n - 1) // 2 * 9",
    "(n + 1) // 2 * 9",
    say=(
        "You stack one layer too many. The first 3 × 3 sees 3 pixels and each further one 2 more: "
        "(n - 1) / 2 layers."
    ),
)
