"""The exponential of a large positive number overflows. Take exponentials of -|x| only, and
where a function contains a sigmoid or a softplus use your stable one.
"""

import numpy as np

FAILS = (
    "softplus",
    "swish_and_mish",
)


def softplus(x):
    return np.log(1 + np.exp(x))
