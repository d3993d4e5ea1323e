"""The squares padded with zeros, shifted and added."""

import numpy as np


def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    half = n // 2
    squares = np.pad(x * x, ((0, 0), (0, 0), (0, 0), (half, half)))
    total = sum(squares[..., shift : shift + x.shape[-1]] for shift in range(2 * half + 1))
    return x * (k + alpha * total) ** -beta
