"""You added up the surprise of all images; the loss is their mean, so that it does not depend on how
many there are."""

import numpy as np

FAILS = ("cross_entropy",)


def cross_entropy(probabilities, labels):
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return -np.sum(np.log(given_to_truth))
