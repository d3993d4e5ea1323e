"""The exponential of a large positive number overflows. Take exponentials of -|x| only, and
where a function contains a sigmoid or a softplus use your stable one.
"""

import numpy as np

FAILS = ("sigmoid_and_tanh",)


def tanh(x):
    up, down = np.exp(x), np.exp(-x)
    return (up - down) / (up + down)
