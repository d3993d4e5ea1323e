"""The last better epoch is looked up among the errors before, the falls are counted."""

import numpy as np


def plateau_rates(errors, initial_rate, patience, divide_by=10.0):
    rates, falls, since = [], 0, 0
    for epoch in range(len(errors)):
        rates.append(initial_rate / divide_by**falls)
        if all(errors[epoch] < earlier for earlier in errors[:epoch]):
            since = 0
        else:
            since += 1
            if since == patience:
                falls, since = falls + 1, 0
    return np.array(rates)
