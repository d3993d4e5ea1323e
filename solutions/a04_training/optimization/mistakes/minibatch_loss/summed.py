"""You add up where the slide takes the mean. Divide the loss and the gradients by the number of
images, or the learning rate will depend on the batch size.
"""

import numpy as np

FAILS = ("minibatch_loss",)


def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.sum(logs[rows, labels])
    d_scores = probabilities.copy()
    d_scores[rows, labels] -= 1
    return loss, images.T @ d_scores, d_scores.sum(axis=0)
