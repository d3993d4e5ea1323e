"""You took the rows of `vectors` for the eigenvectors. `np.linalg.eigh` returns them as
columns: first multiply by `vectors`, and by its transpose at the end.
"""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors.T
    return turned / np.sqrt(values) @ vectors
