"""You stop at the length of x. The products x[m] * h[k] reach as far as place len(x) + len(h) -
2; keep all of them.
"""

import numpy as np

FAILS = ("conv1d_full",)


def conv1d_full(x, h):
    y = np.zeros(len(x))
    for n in range(len(x)):
        for m in range(n + 1):
            if n - m < len(h):
                y[n] += x[m] * h[n - m]
    return y
