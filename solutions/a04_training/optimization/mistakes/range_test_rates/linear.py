"""Your rates have equal distances, so nearly all of them are near `high`. They must have equal
ratios: multiply from one to the next.
"""

import numpy as np

FAILS = ("range_test_rates",)


def range_test_rates(low, high, steps):
    return np.linspace(low, high, steps)
