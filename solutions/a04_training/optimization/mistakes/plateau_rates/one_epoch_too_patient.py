"""You wait one epoch too long. The rate falls as soon as `patience` epochs in a row were not
better.
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
        if waited > patience:
            rate, waited = rate / divide_by, 0
    return rates
