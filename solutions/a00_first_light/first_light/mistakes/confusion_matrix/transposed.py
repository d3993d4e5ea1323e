"""Rows and columns are swapped: the row is the true class, the column the predicted one."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[prediction, label] += 1
    return counts
