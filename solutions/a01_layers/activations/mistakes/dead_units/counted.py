"""You return the number of dead units. Divide it by the number of units."""

import numpy as np

FAILS = ("dead_units",)


def dead_units(activations):
    others = tuple(range(activations.ndim - 1))
    return int(np.sum(np.all(activations == 0, axis=others)))
