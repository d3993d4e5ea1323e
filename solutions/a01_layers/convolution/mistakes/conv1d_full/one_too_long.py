"""Your result is one value too long. The last product is x[-1] * h[-1] at place (len(x) - 1) +
(len(h) - 1), so there are len(x) + len(h) - 1 places.
"""

import numpy as np

FAILS = ("conv1d_full",)


def conv1d_full(x, h):
    y = np.zeros(len(x) + len(h))
    for m in range(len(x)):
        y[m : m + len(h)] += x[m] * h
    return y
