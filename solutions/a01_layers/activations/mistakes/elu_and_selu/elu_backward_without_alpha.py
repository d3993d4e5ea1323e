"""alpha is missing in your derivative. On the negative side ELU is alpha * (exp(x) - 1), so its
slope is alpha * exp(x).
"""

import numpy as np

FAILS = ("elu_and_selu",)


def elu_backward(dout, x, alpha=1.0):
    return dout * np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))
