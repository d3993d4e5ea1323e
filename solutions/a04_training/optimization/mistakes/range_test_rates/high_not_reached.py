"""Your last rate falls short of `high`. From the first to the last of n rates there are n - 1
steps: divide by steps - 1.
"""

import numpy as np

FAILS = ("range_test_rates",)


def range_test_rates(low, high, steps):
    return low * (high / low) ** (np.arange(steps) / steps)
