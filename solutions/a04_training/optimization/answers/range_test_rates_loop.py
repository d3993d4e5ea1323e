"""Multiplied one after the other, as a list."""


def range_test_rates(low, high, steps):
    ratio = (high / low) ** (1 / (steps - 1))
    rates = [low]
    for _ in range(steps - 1):
        rates.append(rates[-1] * ratio)
    return rates
