"""Loops over examples and classes."""

import numpy as np


def svm_loss(scores, labels):
    count, classes = scores.shape
    loss, dscores = 0.0, np.zeros((count, classes))
    for i in range(count):
        for j in range(classes):
            term = scores[i, j] - scores[i, labels[i]] + 1
            if j != labels[i] and term > 0:
                loss += term / count
                dscores[i, j] += 1 / count
                dscores[i, labels[i]] -= 1 / count
    return loss, dscores
