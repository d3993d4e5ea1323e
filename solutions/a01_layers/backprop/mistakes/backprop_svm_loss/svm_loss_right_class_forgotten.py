"""Your gradient leaves the right class out. Its score stands with a minus sign in every term: it
collects -1 for each term that is greater than 0.
"""

import numpy as np

FAILS = ("backprop_svm_loss",)


def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    return loss, dscores / len(labels)
