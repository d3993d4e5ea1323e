"""You kept |w| in the gradient of the L1 part. Its slope does not depend on how large w is: it is
l1 times the sign of w.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    return l1 * np.abs(kernel) + 2 * l2 * kernel, np.zeros_like(bias)
