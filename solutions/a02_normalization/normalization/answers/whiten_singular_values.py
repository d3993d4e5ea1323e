"""By the singular values of the centred batch."""

import numpy as np


def whiten(x, epsilon=1e-5):
    centred = x - np.mean(x, axis=0, keepdims=True)
    u, s, vt = np.linalg.svd(centred, full_matrices=False)
    return u * (s / np.sqrt(s**2 / len(x) + epsilon)) @ vt
