"""Weight by weight, with the three cases of the slope."""

import numpy as np


def elastic_net_gradient(kernel, bias, l1, l2):
    d_kernel = np.empty(kernel.shape)
    for index in np.ndindex(kernel.shape):
        weight = kernel[index]
        slope = 0
        if weight > 0:
            slope = 1
        elif weight < 0:
            slope = -1
        d_kernel[index] = l1 * slope + 2 * l2 * weight
    return d_kernel, np.zeros(bias.shape)
