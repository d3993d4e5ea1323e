"""Your first rate is already above `low`. Let i start at 0."""

import numpy as np

FAILS = ("range_test_rates",)


def range_test_rates(low, high, steps):
    return low * (high / low) ** (np.arange(1, steps + 1) / steps)
