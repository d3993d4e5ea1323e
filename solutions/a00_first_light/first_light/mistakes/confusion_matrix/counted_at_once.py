"""Each pair counts only once, however often it occurs: `counts[labels, predictions] += 1` on whole
arrays does that, and so does `= 1`; add 1 for every image in a loop, or use np.add.at."""

import numpy as np

FAILS = ("confusion_matrix",)


def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    counts[labels, predictions] += 1
    return counts
