"""You count all masks as equally likely. That holds at rate 1/2 only: a mask has probability rate
** dropped * (1 - rate) ** kept.
"""

import numpy as np

FAILS = ("expected_activation",)


def expected_activation(weights, inputs, rate):
    units = len(weights)
    total = 0.0
    for number in range(2**units):
        kept = (number >> np.arange(units)) & 1
        total += np.sum(weights * inputs * kept) / 2**units
    return total
