"""The gap between the two pairs of your maps 12 to 14 is two maps wide. It is one: 12 sees 0, 1, 3
and 4.
"""

FAILS = ("connection_table",)

import numpy as np


def connection_table():
    table = np.zeros((6, 16), dtype=bool)
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 4, 5)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    for column, (start, pattern) in enumerate(zip(starts, patterns, strict=True)):
        for step in pattern:
            table[(start + step) % 6, column] = True
    return table
