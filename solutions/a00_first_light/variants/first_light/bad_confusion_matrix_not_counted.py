"""You set each entry to 1 where you should add 1: with `+=` in a loop every image counts."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label, prediction] = 1
    return counts
