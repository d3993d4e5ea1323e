"""Your maps 12 to 14 see four neighbours, as 6 to 8 do. They see two pairs with a gap of one map:
12 sees 0, 1, 3 and 4.
"""

FAILS = ("connection_table",)

import numpy as np


def connection_table():
    table = np.zeros((6, 16), dtype=bool)
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 2, 3)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    for column, (start, pattern) in enumerate(zip(starts, patterns, strict=True)):
        for step in pattern:
            table[(start + step) % 6, column] = True
    return table
