"""You divide by pi outside the root. The factor of u is sqrt(2 / pi), 0.798, with pi below the
root as well.
"""

import numpy as np

FAILS = (
    "gelu",
    "gelu_slip",
)


def gelu(x):
    u = np.sqrt(2) / np.pi * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(u))
