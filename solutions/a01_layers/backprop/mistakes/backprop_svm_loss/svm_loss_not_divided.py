"""You return the sum over the batch. Divide the loss and the gradient by the number of examples."""

import numpy as np

FAILS = ("backprop_svm_loss",)


def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    loss = missing.sum()
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -dscores.sum(axis=1)
    return loss, dscores
