"""You whiten with a Cholesky factor. The covariance becomes the identity, but the features are
mixed in the order they come in; take the symmetric root V diag(1 / sqrt(values)) V.T.
"""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    factor = np.linalg.cholesky(covariance + epsilon * np.eye(x.shape[1]))
    return centred @ np.linalg.inv(factor).T
