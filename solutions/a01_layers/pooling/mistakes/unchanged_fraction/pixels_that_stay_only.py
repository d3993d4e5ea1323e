"""You leave out the starting columns from which the pixel is moved out of the row. Divide by all
`width` columns.
"""

import numpy as np

FAILS = ("unchanged_fraction",)


def unchanged_fraction(width, kernel, stride, shift):
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.eye(width, k=shift))
    )
    return np.mean((before == after).all(axis=(1, 2, 3))[: width - shift])
