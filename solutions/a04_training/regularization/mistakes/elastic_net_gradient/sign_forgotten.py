"""Your L1 part is the same for all weights. The slope of |w| is +1 for positive and -1 for
negative weights, so that both move towards 0.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    return l1 + 2 * l2 * kernel, np.zeros_like(bias)
