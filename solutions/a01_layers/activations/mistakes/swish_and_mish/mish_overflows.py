"""The exponential of a large positive number overflows. Take exponentials of -|x| only, and
where a function contains a sigmoid or a softplus use your stable one.
"""

import numpy as np

FAILS = ("swish_and_mish",)


def mish(x):
    return x * np.tanh(np.log(1 + np.exp(x)))
