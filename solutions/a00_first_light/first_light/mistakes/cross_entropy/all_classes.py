"""You averaged over all classes; only the probability of the true class counts, one for each image."""

import numpy as np

FAILS = ("cross_entropy",)


def cross_entropy(probabilities, labels):
    return -np.mean(np.log(probabilities))
