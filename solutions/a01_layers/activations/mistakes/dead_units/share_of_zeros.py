"""You count single zeros. A unit is dead only if it is zero for every example."""

import numpy as np

FAILS = ("dead_units",)


def dead_units(activations):
    return float(np.mean(activations == 0))
