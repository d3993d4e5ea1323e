"""Your loss is a mean, but your gradients are sums over the images. Divide `p - e_y` by the number
of images too.
"""

import numpy as np

FAILS = ("minibatch_loss",)


def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean(logs[rows, labels])
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    return loss, images.T @ d_scores, d_scores.sum(axis=0)
