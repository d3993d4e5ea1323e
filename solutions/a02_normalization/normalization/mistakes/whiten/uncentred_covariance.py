"""Your covariance is made from x with its mean still in it. Subtract the mean first, then
multiply.
"""

import numpy as np

FAILS = ("whiten",)


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    covariance = x.T @ x / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values) @ vectors.T
