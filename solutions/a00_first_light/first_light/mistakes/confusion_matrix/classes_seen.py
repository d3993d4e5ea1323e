"""Your matrix has only as many rows as there are classes in the labels; make it `classes` ×
`classes`, even if some class does not occur."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    seen = max(labels.max(), predictions.max()) + 1
    counts = np.zeros((seen, seen))
    np.add.at(counts, (labels, predictions), 1)
    return counts
