"""All weights in one long vector."""

import numpy as np


def elastic_net(layers, l1, l2):
    weights = np.concatenate([kernel.ravel() for kernel, _bias in layers])
    return l1 * np.linalg.norm(weights, ord=1) + l2 * weights @ weights
