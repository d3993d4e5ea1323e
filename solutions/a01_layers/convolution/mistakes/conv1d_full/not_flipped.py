"""You computed the correlation. In h[n - m] the index of h runs backwards while m runs
forwards, so the last value of h comes last, not first.
"""

import numpy as np

FAILS = ("conv1d_full",)


def conv1d_full(x, h):
    y = np.zeros(len(x) + len(h) - 1)
    for m in range(len(x)):
        y[m : m + len(h)] += x[m] * h[::-1]
    return y
