"""Your exponentials overflow, and infinity divided by infinity is NaN. Subtract the largest score
of each row first; the probabilities stay the same.
"""

import numpy as np

FAILS = ("ensemble_probabilities",)


def ensemble_probabilities(scores):
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
