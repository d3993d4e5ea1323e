"""The inverse root by Newton's iteration, without eigenvectors."""

import numpy as np


def whiten(x, epsilon=1e-5):
    centred = x - x.mean(axis=0)
    identity = np.eye(x.shape[1])
    covariance = np.cov(x, rowvar=False, bias=True) + epsilon * identity
    size = np.trace(covariance)
    root, inverse = covariance / size, identity
    for _ in range(60):
        step = (3 * identity - inverse @ root) / 2
        root, inverse = root @ step, step @ inverse
    return centred @ inverse / np.sqrt(size)
