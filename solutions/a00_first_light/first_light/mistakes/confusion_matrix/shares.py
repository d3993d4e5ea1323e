"""You divided each row by its sum; the matrix holds the counts themselves."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label, prediction] += 1
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
