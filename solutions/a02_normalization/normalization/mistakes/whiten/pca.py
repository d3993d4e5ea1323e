"""You do not turn back: that is PCA whitening, and the features are no longer those that went
in. Multiply by V transposed at the end.
"""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values)
