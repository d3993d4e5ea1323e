"""You average over the weights of a layer. The penalty is their sum: a layer with more weights
pays more.
"""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    return sum(l1 * np.mean(np.abs(kernel)) + l2 * np.mean(kernel**2) for kernel, _ in layers)
