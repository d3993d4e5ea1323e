"""You take the largest over the units. Every unit competes with itself alone: the maximum runs
over the pieces.
"""

import numpy as np

FAILS = ("maxout",)


def maxout(x, w, b):
    return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=2)
