"""Mistakes in `se_weights`."""

from autograder.checks import change

change(
    "one_matrix",
    "return 2 * channels * units + (units + channels if biases else 0)",
    "return channels * units + (units + channels if biases else 0)",
    say="You count one matrix. There are two: down to C // r units, and back up to C.",
)

change(
    "divided_at_the_end",
    "return 2 * channels * units + (units + channels if biases else 0)",
    "return 2 * channels**2 // ratio + (units + channels if biases else 0)",
    say=(
        "You divide 2 C² by r, which is right only where r divides C. Count with the `C // r` units "
        "that the layer between really has."
    ),
)

change(
    "biases_left_out",
    "return 2 * channels * units + (units + channels if biases else 0)",
    "return 2 * channels * units",
    say="You never count biases. With `biases=True` each unit of both layers has one.",
)

change(
    "biases_of_the_second_layer",
    "return 2 * channels * units + (units + channels if biases else 0)",
    "return 2 * channels * units + (channels if biases else 0)",
    say="You count the biases of the second layer only. The first one has C // r of them.",
)

change(
    "biases_always",
    "return 2 * channels * units + (units + channels if biases else 0)",
    "return 2 * channels * units + units + channels",
    say="You always count the biases. With `biases=False` only the two matrices count.",
)

change(
    "not_rounded_down",
    "units = channels // ratio",
    "units = channels / ratio",
    say=(
        "Where r does not divide C, you go on with a fraction of a unit. The layer between has "
        "C // r units, a whole number."
    ),
)

change(
    "ratio_of_sixteen",
    "units = channels // ratio",
    "units = channels // 16",
    inside="se_weights",
    say="You always divide by 16. Use the argument `ratio`.",
)
