"""A loop over the starting columns."""

import numpy as np


def unchanged_fraction(width, kernel, stride, shift):
    unchanged = 0
    for column in range(width):
        row, moved = np.zeros((2, 1, 1, width, 1))
        row[0, 0, column] = 1
        if column + shift < width:
            moved[0, 0, column + shift] = 1
        before = max_pool_forward(row, (1, kernel), stride)
        unchanged += np.array_equal(before, max_pool_forward(moved, (1, kernel), stride))
    return unchanged / width
