"""By going through all masks."""

import itertools


def expected_activation(weights, inputs, rate):
    mean = 0.0
    for kept in itertools.product([False, True], repeat=len(weights)):
        probability, activation = 1.0, 0.0
        for weight, value, stays in zip(weights, inputs, kept, strict=True):
            probability *= 1 - rate if stays else rate
            activation += weight * value if stays else 0
        mean += probability * activation
    return mean
