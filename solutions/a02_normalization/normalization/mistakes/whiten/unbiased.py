"""You divide the covariance by N - 1. As everywhere in batch normalization it is N."""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / (len(x) - 1)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values) @ vectors.T
