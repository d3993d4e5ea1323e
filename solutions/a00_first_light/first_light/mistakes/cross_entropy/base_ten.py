"""You took the logarithm to base 10; the loss uses the natural logarithm, which is np.log."""

import numpy as np

FAILS = ("cross_entropy",)


def cross_entropy(probabilities, labels):
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log10(given_to_truth))
