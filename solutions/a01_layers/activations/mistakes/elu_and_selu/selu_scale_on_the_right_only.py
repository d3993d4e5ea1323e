"""You scale the positive side of SELU only. The scale multiplies the whole ELU, the negative
side too.
"""

import numpy as np

FAILS = ("elu_and_selu",)


def selu(x):
    return np.where(x > 0, SELU_SCALE * x, elu(x, SELU_ALPHA))
