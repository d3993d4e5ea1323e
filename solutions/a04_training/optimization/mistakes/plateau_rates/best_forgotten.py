"""You forget the best error when the rate falls, and take the next epoch for a better one. Keep
the best error.
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
            waited += 1
        if waited == patience:
            rate, waited, best = rate / divide_by, 0, np.inf
    return rates
