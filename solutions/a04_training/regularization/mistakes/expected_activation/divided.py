"""You divide by the probability of keeping. That is what inverted dropout does in training; here
nothing was scaled in training, so the test must be made smaller.
"""

import numpy as np

FAILS = ("expected_activation",)


def expected_activation(weights, inputs, rate):
    return np.sum(weights * inputs) / (1 - rate)
