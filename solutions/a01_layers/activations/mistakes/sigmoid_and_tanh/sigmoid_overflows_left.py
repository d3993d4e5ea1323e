"""The exponential of a large positive number overflows. Take exponentials of -|x| only, and
where a function contains a sigmoid or a softplus use your stable one.
"""

import numpy as np

FAILS = (
    "sigmoid_and_tanh",
    "softplus",
    "swish_and_mish",
    "dice",
)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
