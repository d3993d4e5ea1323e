"""You whiten x itself. Subtract the mean of the batch first."""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = x @ vectors
    return turned / np.sqrt(values) @ vectors.T
