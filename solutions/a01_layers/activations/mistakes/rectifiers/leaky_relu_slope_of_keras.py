"""You changed the default slope to the 0.3 of keras.layers.LeakyReLU. On the slide, and here, it
is 0.1.
"""

import numpy as np

FAILS = ("rectifiers",)


def leaky_relu(x, slope=0.3):
    return np.where(x > 0, x, slope * x)
