"""Your L2 part lacks the factor 2. The derivative of l2 * w ** 2 is 2 * l2 * w; only the
convention with a / 2 in front has none.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    return l1 * np.sign(kernel) + l2 * kernel, np.zeros_like(bias)
