"""You divide by the eigenvalues: that is the inverse of the covariance. Divide by their roots."""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / values @ vectors.T
