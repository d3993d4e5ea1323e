"""You return how many are right; divide by how many examples there are."""

import numpy as np

FAILS = ("accuracy",)


def accuracy(scores, labels):
    return np.sum(np.argmax(scores, axis=1) == labels)
