"""You count every place of the image as a unit of its own. In a convolution a unit is a channel:
look at height and width too.
"""

import numpy as np

FAILS = ("dead_units",)


def dead_units(activations):
    return float(np.mean(np.all(activations == 0, axis=0)))
