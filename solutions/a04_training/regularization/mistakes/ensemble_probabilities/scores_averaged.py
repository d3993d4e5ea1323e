"""You average the scores and take the softmax once. A network with large scores then outvotes the
others: take the softmax of each network first.
"""

import numpy as np

FAILS = ("ensemble_probabilities",)


def ensemble_probabilities(scores):
    mean = scores.mean(axis=0)
    powers = np.exp(mean - mean.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
