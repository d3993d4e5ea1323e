"""You also look at losses after the training has diverged, and one of them is small by accident.
The test ends at the first loss that is not below four times the first one.
"""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    return rates[np.nanargmin(losses)] / 10
