"""You keep only the places where one sequence lies wholly inside the other. The full
convolution also has the places where they overlap in part, len(x) + len(h) - 1 in all.
"""

import numpy as np

FAILS = ("conv1d_full",)


def conv1d_full(x, h):
    long, short = (x, h) if len(x) >= len(h) else (h, x)
    places = len(long) - len(short) + 1
    return np.array([np.sum(long[n : n + len(short)] * short[::-1]) for n in range(places)])
