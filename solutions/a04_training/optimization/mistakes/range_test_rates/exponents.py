"""You gave the rates themselves to `np.logspace`, which expects their exponents. Give it
np.log10(low) and np.log10(high), or use np.geomspace.
"""

import numpy as np

FAILS = ("range_test_rates",)


def range_test_rates(low, high, steps):
    with np.errstate(over="ignore"):
        return np.logspace(low, high, steps)
