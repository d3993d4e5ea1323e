"""With the weights scaled once, as one would store them for the test."""

import numpy as np


def expected_activation(weights, inputs, rate):
    return np.dot(weights - rate * weights, inputs)
