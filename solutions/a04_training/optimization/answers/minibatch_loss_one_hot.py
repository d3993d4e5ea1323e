"""One-hot labels and logaddexp, the bias gradient by a product with ones."""

import numpy as np


def minibatch_loss(weights, bias, images, labels):
    scores = images @ weights + bias[np.newaxis]
    log_totals = np.logaddexp.reduce(scores, axis=1)
    targets = np.eye(weights.shape[1])[labels]
    loss = np.mean(log_totals - np.sum(targets * scores, axis=1))
    d_scores = (np.exp(scores - log_totals[:, None]) - targets) / images.shape[0]
    return [loss, np.einsum("bf,bc->fc", images, d_scores), np.ones(len(images)) @ d_scores]
