"""You multiply by the probability of dropping, as the words of the slide say. A share of 1 - rate
of the inputs is still there, so that is the factor; the two agree at 1/2 only.
"""

import numpy as np

FAILS = ("expected_activation",)


def expected_activation(weights, inputs, rate):
    return rate * np.sum(weights * inputs)
