"""You divide each feature by its own deviation, which is batch normalization: the correlations
stay. Use the whole covariance matrix.
"""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    return centred / np.sqrt(np.diag(covariance) + epsilon)
