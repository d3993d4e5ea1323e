"""Where a weight is exactly 0, your L1 part pushes it away with slope 1. Take the slope 0 there,
as `np.sign` does, so that a weight can stay at 0.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    return l1 * np.where(kernel >= 0, 1, -1) + 2 * l2 * kernel, np.zeros_like(bias)
