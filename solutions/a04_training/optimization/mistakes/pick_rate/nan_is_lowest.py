"""`np.argmin` takes NaN for the smallest number. Leave out everything from the first loss on that
is not below four times the first one.
"""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    return rates[np.argmin(losses)] / 10
