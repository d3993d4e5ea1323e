"""You took half of the sum of squares. That convention exists, but the formula here (and on the
slide) has l2 times W squared, without the 1/2.
"""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    return sum(l1 * np.sum(np.abs(kernel)) + l2 / 2 * np.sum(kernel**2) for kernel, _ in layers)
