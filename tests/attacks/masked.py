"""Returns an array in which everything is masked, so that no element can be wrong.

Covers: A10
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: np.ma.masked_all(np.shape(args[0]) if args else ())


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """Masked arrays with nothing masked, as some libraries return them."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def masked(*args, **kwargs):
        found = thing(*args, **kwargs)
        return np.ma.masked_array(found) if type(found) is np.ndarray else found

    return masked
