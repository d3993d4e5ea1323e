"""You average over all entries of the scores, classes included. Take one logarithm for each image,
that of its true class, and divide by the number of images only.
"""

import numpy as np

FAILS = ("minibatch_loss",)


def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.sum(logs[rows, labels]) / logs.size
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    d_scores = d_scores / d_scores.size
    return loss, images.T @ d_scores, d_scores.sum(axis=0)
