"""You divide a weight by its absolute value, which gives NaN where the weight is 0. Use `np.sign`:
it is 0 there.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    with np.errstate(invalid="ignore"):
        signs = kernel / np.abs(kernel)
    return l1 * signs + 2 * l2 * kernel, np.zeros_like(bias)
