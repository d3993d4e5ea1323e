"""You return a percentage; return the fraction between 0 and 1, and let the printing make it a
percentage."""

import numpy as np

FAILS = ("accuracy",)


def accuracy(scores, labels):
    return 100 * np.mean(np.argmax(scores, axis=1) == labels)
