"""You multiply `dout` by the output max(x, 0). The slope of ReLU where x is positive is 1,
whatever the size of x.
"""

import numpy as np

FAILS = ("relu_backward", "one_step")


def relu_backward(dout, x):
    return dout * np.maximum(x, 0)
