"""You let each network vote for one class. An ensemble averages the probabilities, so that a
network that is unsure counts less.
"""

import numpy as np

FAILS = ("ensemble_probabilities",)


def ensemble_probabilities(scores):
    votes = scores.argmax(axis=-1)[..., np.newaxis] == np.arange(scores.shape[-1])
    return votes.mean(axis=0)
