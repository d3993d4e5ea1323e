"""Your window runs along the width of the image. Local response normalization sums over
neighbouring channels at one pixel.
"""

import numpy as np

FAILS = ("local_response_norm",)


def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    width = x.shape[2]
    total = np.zeros_like(x)
    for c in range(width):
        first, last = max(0, c - n // 2), min(width - 1, c + n // 2)
        total[:, :, c] = np.sum(x[:, :, first : last + 1] ** 2, axis=2)
    return x / (k + alpha * total) ** beta
