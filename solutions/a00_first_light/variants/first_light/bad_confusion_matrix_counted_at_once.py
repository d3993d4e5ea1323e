"""`counts[labels, predictions] += 1` adds 1 only once where a pair comes several times; use a loop,
or np.add.at."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    counts[labels, predictions] += 1
    return counts
