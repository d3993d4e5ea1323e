"""On the negative side you return alpha * (exp(x) - 1), the value of ELU. The constant -1 has no
slope: the derivative is alpha * exp(x).
"""

import numpy as np

FAILS = ("elu_and_selu",)


def elu_backward(dout, x, alpha=1.0):
    return dout * np.where(x > 0, 1.0, elu(x, alpha))
