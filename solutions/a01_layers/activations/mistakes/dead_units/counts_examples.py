"""You look along the wrong axis and count examples at which every unit is off. Ask for each unit
whether it is off at every example.
"""

import numpy as np

FAILS = ("dead_units",)


def dead_units(activations):
    return float(np.mean(np.all(activations == 0, axis=tuple(range(1, activations.ndim)))))
