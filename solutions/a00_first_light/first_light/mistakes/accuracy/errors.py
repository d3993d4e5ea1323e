"""You return the fraction of wrong answers; count where prediction and label are the same."""

import numpy as np

FAILS = ("accuracy",)


def accuracy(scores, labels):
    return np.mean(np.argmax(scores, axis=1) != labels)
