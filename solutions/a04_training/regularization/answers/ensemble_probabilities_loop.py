"""Network by network and row by row."""

import numpy as np


def ensemble_probabilities(scores):
    networks, batch, classes = scores.shape
    mean = np.zeros((batch, classes))
    for network in scores:
        for row, values in enumerate(network):
            powers = np.exp(values - max(values))
            mean[row] += powers / powers.sum() / networks
    return mean
