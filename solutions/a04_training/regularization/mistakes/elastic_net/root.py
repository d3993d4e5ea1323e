"""You took the square root of the sum of squares, which is the length of W. The penalty is the sum
of squares itself.
"""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    return sum(
        l1 * np.sum(np.abs(kernel)) + l2 * np.sqrt(np.sum(kernel**2)) for kernel, _ in layers
    )
