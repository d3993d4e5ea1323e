"""You let the biases pay as well. The sum runs over the weights W of each layer; leave the second
entry of each pair out.
"""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    return sum(
        l1 * np.sum(np.abs(values)) + l2 * np.sum(values**2) for pair in layers for values in pair
    )
