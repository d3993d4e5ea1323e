"""You multiply by the probability that all inputs are kept at once. Each input stays or goes on
its own, so each of them loses the factor 1 - rate once.
"""

import numpy as np

FAILS = ("expected_activation",)


def expected_activation(weights, inputs, rate):
    return (1 - rate) ** len(weights) * np.sum(weights * inputs)
