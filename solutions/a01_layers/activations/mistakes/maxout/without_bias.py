"""Your linear functions have no bias. Add b to all the pieces before you look for the largest."""

import numpy as np

FAILS = ("maxout",)


def maxout(x, w, b):
    return np.max(np.einsum("ni,kiu->nku", x, w), axis=1)
