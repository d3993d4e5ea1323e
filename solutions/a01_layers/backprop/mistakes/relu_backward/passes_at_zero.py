"""At an input of exactly 0 you let the gradient pass. The slope is taken to be 0 there: the
condition is x > 0, not x >= 0.
"""

import numpy as np

FAILS = ("relu_backward",)


def relu_backward(dout, x):
    return np.where(x >= 0, dout, 0)
