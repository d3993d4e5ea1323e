"""You let pass where `dout` is positive. Whether a gradient passes depends on the *input* x of the
forward pass, not on the sign of the gradient: use x > 0.
"""

import numpy as np

FAILS = ("relu_backward", "one_step")


def relu_backward(dout, x):
    return np.maximum(dout, 0)
