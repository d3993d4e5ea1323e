"""You took the logarithm of the mean probability; take the logarithm of each image's probability
first, then the mean."""

import numpy as np

FAILS = ("cross_entropy",)


def cross_entropy(probabilities, labels):
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.mean(given_to_truth))
