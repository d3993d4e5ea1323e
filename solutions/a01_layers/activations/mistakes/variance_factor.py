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
