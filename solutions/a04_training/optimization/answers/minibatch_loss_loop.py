"""One image after the other, then the mean."""

import numpy as np


def minibatch_loss(weights, bias, images, labels):
    loss, d_weights, d_bias = 0.0, np.zeros_like(weights), np.zeros_like(bias)
    for image, label in zip(images, labels, strict=True):
        scores = image @ weights + bias
        top = scores.max()
        log_total = top + np.log(np.exp(scores - top).sum())
        loss += (log_total - scores[label]) / len(images)
        d_scores = np.exp(scores - log_total)
        d_scores[label] -= 1
        d_weights += np.outer(image, d_scores) / len(images)
        d_bias += d_scores / len(images)
    return loss, d_weights, d_bias
