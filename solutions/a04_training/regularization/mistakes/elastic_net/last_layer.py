"""You return the penalty of the last layer only. Add up over all layers: start at 0 and use +=."""

import numpy as np

FAILS = ("elastic_net",)


def elastic_net(layers, l1, l2):
    for kernel, _ in layers:
        penalty = l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2)
    return penalty
