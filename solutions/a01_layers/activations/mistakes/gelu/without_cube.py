"""The cubic term of u is missing. u is sqrt(2 / pi) * (x + 0.044715 * x**3)."""

import numpy as np

FAILS = (
    "gelu",
    "gelu_slip",
)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x))
