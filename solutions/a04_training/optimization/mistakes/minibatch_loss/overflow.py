"""You take the exponential of the raw scores, which is infinite beyond about 700. Subtract the
largest score of each image first; the probabilities stay the same.
"""

import numpy as np

FAILS = ("minibatch_loss",)


def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        exponentials = np.exp(scores)
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        loss = -np.mean(np.log(probabilities[rows, labels]))
        d_scores = probabilities.copy()
        d_scores[rows, labels] -= 1
        d_scores = d_scores / len(labels)
        return loss, images.T @ d_scores, d_scores.sum(axis=0)
