"""Mistakes in `double`."""

from autograder.checks import change

change(
    "squared",
    "np.multiply(x, 2.0)",
    "np.square(x)",
    say="You squared x instead of doubling it: write `2 * x`.",
)
