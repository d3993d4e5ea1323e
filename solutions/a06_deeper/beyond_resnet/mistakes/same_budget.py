"""Mistakes in `same_budget`."""

from autograder.checks import change

change(
    "one_by_one_once",
    "return paths * (2 * channels * width + 9 * width**2)",
    "return paths * (channels * width + 9 * width**2)",
    say="You count one 1 × 1 convolution. There are two, one before and one after the 3 × 3.",
)

change(
    "kernel_of_one_pixel",
    "return paths * (2 * channels * width + 9 * width**2)",
    "return paths * (2 * channels * width + width**2)",
    say="Your 3 × 3 convolution has the weights of a 1 × 1. A kernel of 3 × 3 has nine.",
)

change(
    "groups_forgotten",
    "return paths * (2 * channels * width + 9 * width**2)",
    "return 2 * channels * paths * width + 9 * (paths * width) ** 2",
    say=(
        "You count the 3 × 3 convolution as if every filter saw all C · d channels. In its group it "
        "sees d of them."
    ),
)

change(
    "groups_counted_twice",
    "return paths * (2 * channels * width + 9 * width**2)",
    "return paths * 2 * channels * width + 9 * width**2",
    say="You count the 3 × 3 weights of one path. Each of the C paths has d² · 9 of them.",
)

change(
    "never_above_the_budget",
    "d = min(range(1, middle + 1), key=lambda width: abs(weights(cardinality, width) - budget))",
    "d = max(n for n in range(1, middle + 1) if weights(cardinality, n) <= budget)",
    say=(
        "You take the widest paths that stay within the budget. The question is which width comes "
        "nearest; it may be a little above."
    ),
)

change(
    "split_evenly",
    "d = min(range(1, middle + 1), key=lambda width: abs(weights(cardinality, width) - budget))",
    "d = max(1, middle // cardinality)",
    say=(
        "You divide the middle of the bottleneck among the paths. Groups save weights, so for the "
        "same budget the paths together are wider."
    ),
)

change(
    "width_of_all_paths",
    """
    d = min(range(1, middle + 1), key=lambda width: abs(weights(cardinality, width) - budget))
    return {"bottleneck": budget, "group_width": d, "resnext": weights(cardinality, d)}
    """,
    """
    d = min(range(1, middle + 1), key=lambda width: abs(weights(cardinality, width) - budget))
    all_paths = cardinality * d
    return {"bottleneck": budget, "group_width": all_paths, "resnext": weights(cardinality, d)}
    """,
    say="You give the width of all paths together. `group_width` is that of one path.",
)
