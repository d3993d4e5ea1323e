"""You compare with the epoch before. Better means lower than the best error of all epochs so far,
so keep the lowest one.
"""

import numpy as np

FAILS = ("plateau_rates",)


def plateau_rates(errors, initial_rate, patience, divide_by=10.0):
    rates = []
    rate, best, waited = initial_rate, np.inf, 0
    for error in errors:
        rates.append(rate)
        if error < best:
            best, waited = error, 0
        else:
            best, waited = error, waited + 1
        if waited == patience:
            rate, waited = rate / divide_by, 0
    return rates
