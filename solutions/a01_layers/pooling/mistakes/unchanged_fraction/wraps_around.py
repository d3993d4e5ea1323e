"""A pixel that leaves the row comes back on the left in your answer, as with `np.roll`. It is gone:
`np.eye(width, k=shift)` has empty rows for it.
"""

import numpy as np

FAILS = ("unchanged_fraction",)


def unchanged_fraction(width, kernel, stride, shift):
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.roll(np.eye(width), shift, axis=1))
    )
    return np.mean((before == after).all(axis=(1, 2, 3)))
