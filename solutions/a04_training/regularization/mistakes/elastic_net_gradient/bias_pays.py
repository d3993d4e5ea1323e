"""You give the bias a gradient, but it is not in the penalty. Its gradient is an array of zeros of
its shape.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)


def elastic_net_gradient(kernel, bias, l1, l2):
    return l1 * np.sign(kernel) + 2 * l2 * kernel, l1 * np.sign(bias) + 2 * l2 * bias
