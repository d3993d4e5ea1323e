"""You give the right class a slope of -1 once. It appears in every term that is greater than 0, so
it collects as many -1 as there are such terms.
"""

import numpy as np

FAILS = ("backprop_svm_loss",)


def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -(dscores.sum(axis=1) > 0)
    return loss, dscores / len(labels)
