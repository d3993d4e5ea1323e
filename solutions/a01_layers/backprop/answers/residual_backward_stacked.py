"""The sum of a stack of both gradients."""

import numpy as np


def residual_backward(dout, branch):
    through, weight_gradients = branch.backward(dout.copy())
    return np.sum([through, dout], axis=0), weight_gradients
