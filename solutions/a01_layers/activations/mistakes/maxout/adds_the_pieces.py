"""You add the pieces up, which gives one linear function again. Take the largest of them."""

import numpy as np

FAILS = ("maxout",)


def maxout(x, w, b):
    return np.sum(np.einsum("ni,kiu->nku", x, w) + b, axis=1)
