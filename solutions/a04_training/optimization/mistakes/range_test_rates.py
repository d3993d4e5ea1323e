"""Mistakes in `range_test_rates`."""

from autograder.checks import change

change(
    "exponents",
    """
    return low * (high / low) ** (np.arange(steps) / (steps - 1))
    """,
    """
    with np.errstate(over="ignore"):
        return np.logspace(low, high, steps)
    """,
    say=(
        "You gave the rates themselves to `np.logspace`, which expects their exponents. Give it "
        "np.log10(low) and np.log10(high), or use np.geomspace."
    ),
)

change(
    "falling",
    "return low * (high / low) ** (np.arange(steps) / (steps - 1))",
    "return low * (high / low) ** (np.arange(steps) / (steps - 1))[::-1]",
    say=(
        "Your rates fall. The test starts at `low`, where nothing can go wrong, and ends at `high`."
    ),
)

change(
    "high_not_reached",
    "return low * (high / low) ** (np.arange(steps) / (steps - 1))",
    "return low * (high / low) ** (np.arange(steps) / steps)",
    say=(
        "Your last rate falls short of `high`. From the first to the last of n rates there are n - "
        "1 steps: divide by steps - 1."
    ),
)

change(
    "linear",
    "return low * (high / low) ** (np.arange(steps) / (steps - 1))",
    "return np.linspace(low, high, steps)",
    say=(
        "Your rates have equal distances, so nearly all of them are near `high`. They must have "
        "equal ratios: multiply from one to the next."
    ),
)

change(
    "low_skipped",
    "return low * (high / low) ** (np.arange(steps) / (steps - 1))",
    "return low * (high / low) ** (np.arange(1, steps + 1) / steps)",
    say="Your first rate is already above `low`. Let i start at 0.",
)

change(
    "one_too_many",
    "np.arange(steps) / (steps - 1)",
    "np.arange(steps + 1) / (steps - 1)",
    say="You return one rate too many. `steps` counts both ends.",
)


change(
    "squared_ratio",
    "(high / low) ** (np.arange(steps) / (steps - 1))",
    "(high - low) ** (np.arange(steps) / (steps - 1))",
    say="You take powers of the difference. Rates are compared by their ratio: high / low.",
)
