"""You divide 3 by the fan-in alone. Xavier looks at both directions: 6 over the sum of the fans."""

import numpy as np

FAILS = ("initial_weights",)


def xavier_limit(shape):
    return np.sqrt(3 / fans(shape)[0])
