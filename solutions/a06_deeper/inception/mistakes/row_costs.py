"""Mistakes in `row_costs`."""

from autograder.checks import change

change(
    "row_large_filters_see_all",
    "weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives",
    "weights += 9 * channels * threes + 25 * channels * fives",
    say=(
        "Your 3 × 3 and 5 × 5 filters see all input maps. They come after their reductions and "
        "see only as many maps as these give."
    ),
)

change(
    "row_projection_forgotten",
    "weights = channels * (ones + reduce_threes + reduce_fives + projection)",
    "weights = channels * (ones + reduce_threes + reduce_fives)",
    say=(
        "You forget the 1 × 1 convolution after the pooling. Pooling itself has no weights, its "
        "projection has."
    ),
)

change(
    "row_reductions_counted_as_output",
    '"depth": ones + threes + fives + projection,',
    '"depth": sum(filters),',
    say=(
        "Your depth counts the reductions as well. Only the last convolution of each branch is "
        "concatenated."
    ),
)

change(
    "row_sides_not_squared",
    "weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives",
    "weights += 3 * reduce_threes * threes + 5 * reduce_fives * fives",
    say=(
        "You multiply by the side of the filter once. A filter of 5 × 5 has 25 weights for each "
        "map."
    ),
)

change(
    "row_square_maps",
    '"macs": height * width * weights,',
    '"macs": height * height * weights,',
    say="You use the height for the width, too. Maps need not be square: multiply height by width.",
)

change(
    "row_two_for_a_multiply_add",
    '"macs": height * width * weights,',
    '"macs": 2 * height * width * weights,',
    say=(
        "You count a multiplication and an addition as two. In this course, and in the table, one "
        "multiply-add is one operation."
    ),
)

change(
    "row_with_biases",
    """
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    """,
    """
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    weights += sum(filters)
    """,
    say="You count the biases. This column of the table has weights only.",
)
