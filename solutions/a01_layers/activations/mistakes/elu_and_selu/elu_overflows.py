"""exp(x) overflows for a large positive x, even where np.where drops it. Take the exponential of
np.minimum(x, 0).
"""

import numpy as np

FAILS = ("elu_and_selu",)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))
