"""Your rings run the other way: map 0 of C3 sees 0, 1 and 2, and yours sees 0, 5 and 4. Go from
the start to higher numbers.
"""

FAILS = ("connection_table",)

import numpy as np


def connection_table():
    table = np.zeros((6, 16), dtype=bool)
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 3, 4)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    for column, (start, pattern) in enumerate(zip(starts, patterns, strict=True)):
        for step in pattern:
            table[(start - step) % 6, column] = True
    return table
