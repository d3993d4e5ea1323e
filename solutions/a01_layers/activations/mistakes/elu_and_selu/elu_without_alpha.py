"""alpha is missing on the negative side. There ELU is alpha * (exp(x) - 1)."""

import numpy as np

FAILS = ("elu_and_selu",)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
