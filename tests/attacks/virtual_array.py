"""Returns an array that takes no memory as long as nobody copies it, and then takes a terabyte.

Covers: A14
Verdict: failed
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: np.broadcast_to(np.float64(0), (1 << 20, 1 << 17))


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """A view with strange strides, of the right size."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def strided(*args, **kwargs):
        found = thing(*args, **kwargs)
        if type(found) is not np.ndarray or found.ndim == 0:
            return found
        return np.repeat(found, 2, axis=-1)[..., ::2]

    return strided
