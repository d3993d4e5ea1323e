"""You multiply only x by sqrt(2 / pi). The factor stands before the bracket, so it multiplies
the cubic term too.
"""

import numpy as np

FAILS = (
    "gelu",
    "gelu_slip",
)


def gelu(x):
    u = np.sqrt(2 / np.pi) * x + 0.044715 * x**3
    return 0.5 * x * (1 + np.tanh(u))
