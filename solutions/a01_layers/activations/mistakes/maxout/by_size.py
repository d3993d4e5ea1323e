"""You pick the piece with the largest absolute value. The maximum knows about signs: 1 beats -5."""

import numpy as np

FAILS = ("maxout",)


def maxout(x, w, b):
    pieces = np.einsum("ni,kiu->nku", x, w) + b
    winner = np.argmax(np.abs(pieces), axis=1)
    return np.take_along_axis(pieces, winner[:, np.newaxis, :], axis=1)[:, 0]
