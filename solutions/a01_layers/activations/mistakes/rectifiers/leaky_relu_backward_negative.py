"""You gave the negative side the slope -slope. The line slope * x rises there too, only less
steeply.
"""

import numpy as np

FAILS = ("rectifiers",)


def leaky_relu_backward(dout, x, slope=0.1):
    return dout * np.where(x > 0, 1.0, -slope)
