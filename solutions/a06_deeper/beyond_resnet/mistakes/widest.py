"""Mistakes in `widest`."""

from autograder.checks import change

change(
    "statistics_counted",
    "costs.count(lambda: build(width)).trainable_parameters",
    "costs.count(lambda: build(width)).parameters",
    say="You count the running statistics of batch normalization, too. The budget is for *trainable* "
    "parameters.",
    inside="widest",
)

change(
    "less_than_the_budget",
    "size(width + 1) <= budget",
    "size(width + 1) < budget",
    say="A network that meets the budget exactly is within it: at most means ≤.",
    inside="widest",
)

change(
    "first_beyond",
    "return width",
    "return width + 1",
    say="You return the first width that is beyond the budget. The one before it is the last within.",
    inside="widest",
)

change(
    "multiply_adds",
    "costs.count(lambda: build(width)).trainable_parameters",
    "costs.count(lambda: build(width)).macs",
    say="You compare multiply-adds with a budget of parameters.",
    inside="widest",
)

change(
    "nearest",
    "return width",
    "return width + (size(width + 1) - budget < budget - size(width))",
    say="You return the width whose network is *nearest* to the budget, and that may be beyond it.",
    inside="widest",
)

change(
    "doubled_only",
    "width += 1",
    "width = 2 * width or 1",
    say="You double the width and never look between: a power of two comes out, not the largest width.",
    inside="widest",
)

change(
    "zero_for_none",
    """
    if width == 0:
        raise ValueError(f"Not even a network of width 1 has at most {budget} parameters.")
    """,
    "",
    say="Where not even width 1 fits, you return 0. There is no such network: raise a `ValueError`.",
    hint=None,  # What should be refused has no value that tells the mistake.
    inside="widest",
)
