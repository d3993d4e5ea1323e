"""You add the term of the right class, which is always max(0, 0 + 1) = 1. The sum runs over the
other classes only: set this term to 0.
"""

import numpy as np

FAILS = ("backprop_svm_loss",)


def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -dscores.sum(axis=1)
    return loss, dscores / len(labels)
