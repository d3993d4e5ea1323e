"""Mistakes in `variance_factor`."""

from autograder.checks import change

change(
    "slope_not_squared",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return fan_in * weight_std**2 * (1 + slope) / 2",
    say="You use the slope as it is. The mean square of slope * z has the slope squared.",
)

change(
    "std_not_squared",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return fan_in * weight_std * (1 + slope**2) / 2",
    say="You use the standard deviation where the variance belongs. Square weight_std.",
)

change(
    "sum_squared",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return fan_in * weight_std**2 * (1 + slope) ** 2 / 2",
    say=(
        "You square the sum 1 + slope. The two sides of zero never meet in one value: add their "
        "squares, 1 + slope**2."
    ),
)

change(
    "without_half",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return fan_in * weight_std**2 * (1 + slope**2)",
    say="The division by 2 is missing. Each side of zero holds half of the mean square.",
)

change(
    "without_slope",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return fan_in * weight_std**2 / 2",
    say=(
        "You leave out the slope, which is right for plain ReLU only. On the negative side "
        "slope**2 of the mean square remains."
    ),
)

change(
    "half_of_the_slope_only",
    "(1 + slope**2) / 2",
    "(1 + slope**2 / 2)",
    say=(
        "You halve the slope's part only. Each side of zero holds half of the mean square: "
        "divide both."
    ),
)


change(
    "fan_in_forgotten",
    "return fan_in * weight_std**2",
    "return weight_std**2",
    say="The fan-in is missing: a unit adds up so many products.",
)


change(
    "root",
    "return fan_in * weight_std**2 * (1 + slope**2) / 2",
    "return np.sqrt(fan_in * weight_std**2 * (1 + slope**2) / 2)",
    say="You take the root. The factor of the mean *square* is asked for.",
)


change(
    "difference",
    "(1 + slope**2)",
    "(1 - slope**2)",
    say="You subtract the square of the slope. What passes on the negative side is added.",
)
