"""You start the way back with ones and ignore `dout`. g(z_n) = 1 holds only where z_n is the loss
itself; begin with the `dout` that you were given.
"""

import numpy as np

FAILS = ("sequence_gradients", "one_step")


def backward_pass(modules, dout):
    gradients, weight_gradients = [np.ones(dout.shape)], []
    for module in reversed(modules):
        dz, dweights = module.backward(gradients[-1])
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients[::-1]
