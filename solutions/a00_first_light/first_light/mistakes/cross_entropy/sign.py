"""Your loss is negative: logarithms of probabilities are, so put a minus sign before the mean."""

import numpy as np

FAILS = ("cross_entropy",)


def cross_entropy(probabilities, labels):
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return np.mean(np.log(given_to_truth))
