"""You count units that are off for at least one example. All of the examples must be zero:
np.all, not np.any.
"""

import numpy as np

FAILS = ("dead_units",)


def dead_units(activations):
    others = tuple(range(activations.ndim - 1))
    return float(np.mean(np.any(activations == 0, axis=others)))
