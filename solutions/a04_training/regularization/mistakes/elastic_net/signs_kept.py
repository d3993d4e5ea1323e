"""You add the weights with their signs, so that positive and negative ones cancel. L1 needs the
absolute value of each weight before the sum.
"""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    return sum(l1 * np.sum(kernel) + l2 * np.sum(kernel**2) for kernel, _ in layers)
