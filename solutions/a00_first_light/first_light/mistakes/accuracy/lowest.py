"""You take the class with the lowest score; use argmax, not argmin."""

import numpy as np

FAILS = ("accuracy",)


def accuracy(scores, labels):
    return np.mean(np.argmin(scores, axis=1) == labels)
