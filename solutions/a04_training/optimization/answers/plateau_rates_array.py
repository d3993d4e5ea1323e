"""The rates of all later epochs are divided at once."""

import numpy as np


def plateau_rates(errors, initial_rate, patience, divide_by=10.0):
    rates = np.full(len(errors), float(initial_rate))
    start = 0
    lowest = np.minimum.accumulate(errors)
    for epoch in range(1, len(errors)):
        if errors[epoch] < lowest[epoch - 1]:
            start = epoch
        elif epoch - start == patience:
            rates[epoch + 1 :] /= divide_by
            start = epoch
    return rates
