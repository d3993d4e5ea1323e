"""You divide 6 by the fan-in alone, which is the uniform form of MSRA. Xavier divides by fan-in
plus fan-out.
"""

import numpy as np

FAILS = ("initial_weights",)


def xavier_limit(shape):
    return np.sqrt(6 / fans(shape)[0])
