"""Your loss has no margin: it is content as soon as the right class leads. Add 1 to every
difference of scores.
"""

import numpy as np

FAILS = ("backprop_svm_loss",)


def svm_loss(scores, labels):
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis])
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -dscores.sum(axis=1)
    return loss, dscores / len(labels)
