"""You write zeros into the bias itself, and the network loses its biases. Make a new array:
`np.zeros_like(bias)`.
"""

import numpy as np

FAILS = ("elastic_net_gradient",)
HINT = None


def elastic_net_gradient(kernel, bias, l1, l2):
    bias[:] = 0
    return l1 * np.sign(kernel) + 2 * l2 * kernel, bias
