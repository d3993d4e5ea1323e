"""Your softmax runs along the batch. The classes are the last axis, and each row must add up to 1."""

import numpy as np

FAILS = ("ensemble_probabilities",)


def ensemble_probabilities(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.mean(powers / powers.sum(axis=1, keepdims=True), axis=0)
