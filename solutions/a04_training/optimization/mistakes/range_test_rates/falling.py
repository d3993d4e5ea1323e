"""Your rates fall. The test starts at `low`, where nothing can go wrong, and ends at `high`."""

import numpy as np

FAILS = ("range_test_rates",)


def range_test_rates(low, high, steps):
    return low * (high / low) ** (np.arange(steps) / (steps - 1))[::-1]
