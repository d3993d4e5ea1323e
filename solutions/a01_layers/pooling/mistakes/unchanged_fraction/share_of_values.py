"""You count single values that stay equal. The question is for how many starting columns the whole
row of maxima stays equal: use `all` over the row first.
"""

import numpy as np

FAILS = ("unchanged_fraction",)


def unchanged_fraction(width, kernel, stride, shift):
    before, after = (
        max_pool_forward(rows[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for rows in (np.eye(width), np.eye(width, k=shift))
    )
    return np.mean(before == after)
