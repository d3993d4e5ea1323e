"""You divide by k + alpha * sum. Raise it to the power beta first."""

import numpy as np

FAILS = ("local_response_norm",)


def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    channels = x.shape[-1]
    total = np.zeros_like(x)
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first : last + 1] ** 2, axis=-1)
    return x / (k + alpha * total)
