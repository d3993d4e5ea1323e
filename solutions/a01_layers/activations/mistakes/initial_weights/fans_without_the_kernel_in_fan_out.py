"""Your fan-out counts the filters only. An input value takes part in an output for every tap of
every filter.
"""

import numpy as np

FAILS = ("initial_weights",)


def fans(shape):
    return int(np.prod(shape[:-1])), shape[-1]
