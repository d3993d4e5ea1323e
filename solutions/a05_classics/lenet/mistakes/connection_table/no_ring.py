"""Your maps 4, 5 and 9 to 11 end at map 5 of S2. The six maps form a ring: after 5 comes 0, so map
4 sees 4, 5 and 0.
"""

FAILS = ("connection_table",)

import numpy as np


def connection_table():
    table = np.zeros((6, 16), dtype=bool)
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 3, 4)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    for column, (start, pattern) in enumerate(zip(starts, patterns, strict=True)):
        for step in pattern:
            if start + step < 6:
                table[start + step, column] = True
    return table
