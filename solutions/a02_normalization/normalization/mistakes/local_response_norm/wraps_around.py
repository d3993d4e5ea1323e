"""Your window wraps around: the first channel sees the last ones. At the ends the window is cut
off.
"""

import numpy as np

FAILS = ("local_response_norm",)


def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    channels = x.shape[-1]
    total = np.zeros_like(x)
    for c in range(channels):
        window = [(c + shift) % channels for shift in range(-(n // 2), n // 2 + 1)]
        total[..., c] = np.sum(x[..., window] ** 2, axis=-1)
    return x / (k + alpha * total) ** beta
